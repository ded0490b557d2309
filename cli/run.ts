/** `cupel run`. */
import { join } from 'node:path'
import { run, type RunOutcome } from '../api/run.ts'
import { reportsFor } from '../api/select.ts'
import { parseGate } from '../harness/formats/gate.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import type { Shard } from '../harness/plan/shard.ts'
import { freshSeed } from '../harness/random.ts'
import { expectedText } from '../reports/expected-text.ts'
import { dryRun } from './dry-run.ts'
import { reportError } from './errors.ts'
import { expectedIn, skipsIn } from './known.ts'
import { progressTeller } from './progress.ts'
import { stopOnSignals } from './signals.ts'
import { tell } from './tell.ts'

export interface RunCommandOptions {
  readonly target: string
  readonly suite: readonly string[]
  readonly scenario: readonly string[]
  readonly profile: readonly string[]
  readonly seed?: string
  readonly out: string
  readonly report: readonly string[]
  readonly maxRate?: number
  readonly propertyRuns?: number
  readonly gate: readonly string[]
  readonly repeat: number
  readonly watch?: number
  readonly shard?: Shard
  readonly maxFailures?: number
  readonly canary?: number
  readonly spin: boolean
  readonly senders?: number
  readonly strict: boolean
  readonly expectedFailures?: string
  readonly skip?: string
  readonly tellExpected: boolean
  readonly dryRun: boolean
  readonly json: boolean
  readonly quiet: boolean
}

/** @returns The exit code. */
export async function runCommand(options: RunCommandOptions): Promise<number> {
  const seed = options.seed ?? freshSeed()
  const request = {
    target: options.target,
    suites: options.suite,
    scenarios: options.scenario,
    profiles: options.profile,
    strict: options.strict,
    propertyRuns: options.propertyRuns ?? null,
    gates: options.gate.map(parseGate),
    repeat: options.repeat,
    ...(options.watch === undefined ? {} : { watchSeconds: options.watch }),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    maxPerSecond: options.maxRate ?? null,
    ...(options.canary === undefined ? {} : { canary: options.canary }),
    ...(options.expectedFailures === undefined
      ? {}
      : { expected: await expectedIn(options.expectedFailures) }),
    ...(options.skip === undefined ? {} : { skips: await skipsIn(options.skip) }),
  }
  if (options.dryRun) {
    await dryRun(request, seed)
    return 0
  }
  const reports = reportsFor(options.report.length === 0 ? ['html'] : options.report)
  const progress = progressTeller(options)
  progress.note(`seed ${seed}, target ${options.target}`)
  const stopping = stopOnSignals((text) => progress.note(text))
  try {
    const ran = await run({
      ...request,
      seed,
      out: options.out,
      signal: stopping.signal,
      maxFailures: options.maxFailures ?? null,
      pace: { spin: options.spin },
      ...(options.senders === undefined ? {} : { senders: options.senders }),
      reports,
      watch: (each) => progress.watch(each),
      note: (text) => progress.note(text),
    })
    progress.end()
    return tellAll(ran, options, reports)
  } finally {
    progress.end()
    stopping.release()
  }
}

/** @returns The exit code. */
function tellAll(
  { record, folder, unmended, unwritten }: RunOutcome,
  { json, tellExpected }: RunCommandOptions,
  reports: readonly ReportWriter[],
): number {
  tell(record, json)
  if (tellExpected) console.log(expectedText(record))
  if (!json) {
    const page = unwritten === null ? reports.find(({ name }) => name === 'html') : undefined
    if (page !== undefined) console.log(`Report: ${join(folder, page.file)}`)
    console.log(`Record and history: ${folder}\nseed ${record.seed}`)
  }
  for (const each of unmended) console.error(`NOT MENDED: ${each}`)
  return unwritten === null ? record.exitCode : reportError(unwritten)
}
