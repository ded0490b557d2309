/** Writes the documents that are made of data: `node tools/documents.ts`. A tidy test sees to it that they are current. */
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { coverageText } from './coverage-text.ts'
import { detectedText } from './detected-text.ts'
import { profilesText } from './profiles-text.ts'

/** By path, as it stands in the repository. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const texts: readonly (readonly [string, string])[] = [
    ['docs/profiles.md', profilesText()],
    ['docs/coverage.md', coverageText()],
    ['targets/flawed/detected.ts', detectedText()],
  ]
  const entries = await Promise.all(
    texts.map(async ([path, text]) => [path, await formatted(path, text)] as const),
  )
  return new Map(entries)
}

async function formatted(path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

if (import.meta.main) {
  for (const [path, text] of await documents()) writeFileSync(path, text)
}
