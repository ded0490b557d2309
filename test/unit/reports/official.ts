/** The schemas that others publish for what is written (schemas/README.md says where they are from). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'

const SCHEMAS = join(import.meta.dirname, 'schemas')
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const sarif = ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, 'sarif-2.1.0.json'), 'utf8')))
const xsd = XsdValidator.fromDoc(
  XmlDocument.fromBuffer(readFileSync(join(SCHEMAS, 'junit-10.xsd'))),
)

/** What is wrong with a log of SARIF 2.1.0; null where nothing is. */
export function sarifErrors(log: unknown) {
  sarif(log)
  return sarif.errors ?? null
}

/** @throws Where Jenkins would not take it. */
export function checkJunit(text: string): void {
  const document = XmlDocument.fromString(text)
  try {
    xsd.validate(document)
  } finally {
    document.dispose()
  }
}
