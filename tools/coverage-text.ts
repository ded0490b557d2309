/** docs/coverage.md: row of the catalogue, what asks it, and the flaws that it catches by the detection matrix. */
import { readFileSync } from 'node:fs'
import type { Check } from '../harness/model/check.ts'
import { CATALOGUE, type Row } from '../suites/catalogue.ts'
import { CHECKS } from '../suites/index.ts'

const BEGINNING = `# Coverage

What the documents say, what asks it, and what that is known to catch. A row is one thing that a
document says of assertions, grants, tokens or those who read them; rows in bold are the core. The
flaws are the servers of \`targets/flawed\` that are wrong in one thing on purpose, and the verifiers of
\`targets/careless.ts\`: a check is listed with those that it fails, in every run (\`npm run matrix\`).

A check without a flaw is one that only tells, or that a control stands for; \`cupel explain\` says which. Checks of
DPoP (rfc9449), of bound certificates (rfc8705), of revocation (rfc7009), of exchanging tokens (rfc8693) and of identity
assertions (idjag) run where a target file says that its target has these. None that comes with Cupel does: there
they are \`unsupported\`, and that they can fail is shown by servers made of answers alone
(\`test/self/alive.test.ts\`, \`test/unit/oracle/rests-on.test.ts\`).

`

/** By flaw, the checks that fail on it; written by test/self/detection-matrix.test.ts and verifiers.test.ts. */
type Detections = Readonly<Record<string, readonly string[]>>

const FILES = ['test/self/detections.json', 'test/self/careless-detections.json']

export function coverageText(): string {
  const read = FILES.map((file): Detections => JSON.parse(readFileSync(file, 'utf8')))
  const detections: Detections = Object.assign({}, ...read)
  const documents = Map.groupBy(CATALOGUE, ({ id }) => id.slice(0, id.indexOf('/')))
  return [
    BEGINNING,
    summary(),
    ...[...documents].flatMap(([document, rows]) => [
      `\n## ${document}\n\n`,
      '| row | asked by | catches |\n| --- | --- | --- |\n',
      ...rows.map((row) => rowText(row, detections)),
    ]),
    beyond(detections),
  ].join('')
}

function summary(): string {
  const count = (kind: Row['by']['kind'], core: boolean): number =>
    CATALOGUE.filter((row) => row.by.kind === kind && (row.core || !core)).length
  const line = (name: string, core: boolean): string =>
    `| ${name} | ${count('checks', core)} | ${count('situations', core)} | ${count('nothing', core)} |\n`
  return [
    '| rows | asked by checks | by situations | left out |\n| --- | --- | --- | --- |\n',
    line('core', true),
    line('all', false),
  ].join('')
}

function rowText({ id, core, by }: Row, detections: Detections): string {
  const name = id.slice(id.indexOf('/') + 1)
  const shown = core ? `**${name}**` : name
  switch (by.kind) {
    case 'checks': {
      const flaws = new Set(by.checks.flatMap((check) => caughtBy(check, detections)))
      return `| ${shown} | ${by.checks.map((each) => checkText(each)).join('; ')} | ${[...flaws].join(', ')} |\n`
    }
    case 'situations':
      return `| ${shown} | situation ${by.situations.join(', ')} | |\n`
    case 'nothing':
      return `| ${shown} | left out: ${by.about} ${by.why} | |\n`
  }
}

/** Checks that no row of the catalogue is named for or asked by. */
function beyond(detections: Detections): string {
  const asked = new Set(CATALOGUE.flatMap(({ by }) => (by.kind === 'checks' ? by.checks : [])))
  const others = CHECKS.filter(({ id }) => !asked.has(id))
  return [
    '\n## Beyond the catalogue\n\n| check | catches |\n| --- | --- |\n',
    ...others.map(({ id }) => `| ${checkText(id)} | ${caughtBy(id, detections).join(', ')} |\n`),
  ].join('')
}

function caughtBy(check: string, detections: Detections): readonly string[] {
  return Object.entries(detections).flatMap(([flaw, checks]) =>
    checks.includes(check) ? [flaw] : [],
  )
}

function checkText(id: string): string {
  const check = CHECKS.find((each: Check) => each.id === id)
  if (check === undefined) throw new Error(`the catalogue names ${id}, which is no check`)
  return `\`${id}\` ${check.title}`
}
