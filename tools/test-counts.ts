/**
 * Prints `<passed> <failed>` from vitest's JSON report. Counts what it saw: vitest's own totals call everything passed that
 * is neither failed nor pending, and a file that could not be loaded has no test in it to fail.
 */
import { readFileSync } from 'node:fs'

interface Report {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

const [file = 'out/vitest.json'] = process.argv.slice(2)
const report: Report = JSON.parse(readFileSync(file, 'utf8'))
const statuses = report.testResults.flatMap((each) => each.assertionResults)
const unloaded = report.testResults.filter(
  (each) =>
    each.status === 'failed' && each.assertionResults.every(({ status }) => status !== 'failed'),
)
const passed = statuses.filter(({ status }) => status === 'passed').length
const failed = statuses.filter(({ status }) => status === 'failed').length + unloaded.length
console.log(`${passed} ${failed}`)
