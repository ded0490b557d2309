/** `cupel run`. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, type RunOptions } from '../api/run.ts'
import { reportsFor } from '../api/select.ts'
import { CupelError } from '../harness/errors.ts'
import { parseExpected, parseSkips } from '../harness/formats/expected.ts'
import { parseGate } from '../harness/formats/gate.ts'
import type { Shard } from '../harness/plan/shard.ts'
import { freshSeed } from '../harness/random.ts'
import { expectedText } from '../reports/expected-text.ts'
import { dryRun } from './dry-run.ts'
import { reportError } from './errors.ts'
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
  readonly spin: boolean
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
    ...(await knownBeforehand(options)),
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
    const { record, folder, unmended, unwritten } = await run({
      ...request,
      seed,
      out: options.out,
      signal: stopping.signal,
      maxFailures: options.maxFailures ?? null,
      pace: { spin: options.spin },
      reports,
      watch: (each) => progress.watch(each),
      note: (text) => progress.note(text),
    })
    progress.end()
    tell(record, options.json)
    if (options.tellExpected) console.log(expectedText(record))
    if (!options.json) {
      const written = unwritten === null ? reports.map(({ name, file }) => ({ name, file })) : []
      tellPlaces(written, folder)
      console.log(`seed ${seed}`)
    }
    for (const each of unmended) console.error(`NOT MENDED: ${each}`)
    return unwritten === null ? record.exitCode : reportError(unwritten)
  } finally {
    progress.end()
    stopping.release()
  }
}

function tellPlaces(
  written: readonly { readonly name: string; readonly file: string }[],
  folder: string,
): void {
  const page = written.find(({ name }) => name === 'html')
  if (page !== undefined) console.log(`Report: ${join(folder, page.file)}`)
  console.log(`Record and history: ${folder}`)
}

async function knownBeforehand({
  expectedFailures,
  skip,
}: Pick<RunCommandOptions, 'expectedFailures' | 'skip'>): Promise<
  Pick<RunOptions, 'expected' | 'skips'>
> {
  return {
    ...(expectedFailures === undefined
      ? {}
      : { expected: parseExpected(await textOf(expectedFailures), expectedFailures) }),
    ...(skip === undefined ? {} : { skips: parseSkips(await textOf(skip), skip) }),
  }
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `cannot read ${file}`, {
      cause,
      hint: 'A YAML file as docs/expected.md describes it.',
    })
  })
}
