/**
 * `npm run -s bench`: the figures that Cupel is held to, as a table, or with `--json` as data. Words after it choose figures
 * by a part of their names. A figure is one file in `figures/` and one line here.
 */
import { resultOf, type Figure, type Result } from './figure.ts'
import { judgedOverAutocannon } from './figures/judged-over-autocannon.ts'
import {
  judgedOverAutocannonJose,
  judgedOverAutocannonVaried,
} from './figures/judged-over-autocannon-jose.ts'
import { judgedOverOthers } from './figures/judged-over-others.ts'
import { judging } from './figures/judging.ts'
import { checks } from './figures/checks.ts'
import { minting } from './figures/minting.ts'
import { pacing } from './figures/pacing.ts'
import { pages } from './figures/page.ts'
import { reading } from './figures/reading.ts'
import { sending } from './figures/sending.ts'
import { simulated } from './figures/simulated.ts'
import { start } from './figures/start.ts'

const FIGURES: readonly Figure[] = [
  judgedOverAutocannon,
  judgedOverAutocannonJose,
  judgedOverAutocannonVaried,
  ...judgedOverOthers,
  ...checks,
  minting,
  ...sending,
  ...pacing,
  ...judging,
  ...reading,
  simulated,
  ...pages,
  start,
]

const words = process.argv.slice(2)
const asJson = words.includes('--json')
const wanted = words.filter((word) => !word.startsWith('--'))
const chosen = FIGURES.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
)

const results: Result[] = []
for (const figure of chosen) {
  process.stderr.write(`${figure.name}\n`)
  results.push(await resultOf(figure, (text) => process.stderr.write(`  ${text}\n`)))
}
process.stdout.write(asJson ? `${JSON.stringify(results, null, 2)}\n` : table(results))

function table(all: readonly Result[]): string {
  const width = Math.max(...all.map(({ name }) => name.length))
  const rows = all.map(({ name, value, unit, goal, met }) =>
    [
      name.padEnd(width),
      (value === null ? 'not measured' : `${value} ${unit}`).padStart(14),
      goal === null ? '' : `goal ${goal}`.padEnd(10),
      met === null ? '' : met ? 'met' : 'MISSED',
    ]
      .join('  ')
      .trimEnd(),
  )
  return `${rows.join('\n')}\n`
}
