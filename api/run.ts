/** A run from beginning to end, for programs: the command line is one of its callers. */
import { openDriver, type Driver } from '../harness/drive/driver.ts'
import type { CupelError } from '../harness/errors.ts'
import type { Minter } from '../harness/drive/minting.ts'
import { isPressable } from '../harness/drive/pressure.ts'
import { isoTime, machineClock } from '../harness/clock.ts'
import { plain } from '../harness/json.ts'
import type { Pace } from '../harness/drive/options.ts'
import { openHistory, type Footer } from '../harness/history/writer.ts'
import type { Experiment } from '../harness/model/experiment.ts'
import type { HistoryEvent } from '../harness/model/history.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import type { Session, Site } from '../harness/model/target.ts'
import { openJudge } from '../harness/oracle/judge.ts'
import { digest } from '../harness/plan/digest.ts'
import { freshRunId, freshSecret, seeded } from '../harness/random.ts'
import type { Offered } from '../harness/plan/scenarios/scenario.ts'
import { run as pipeline } from '../harness/run.ts'
import type { Canary } from '../harness/vanguard.ts'
import { FAULTS } from '../faults/index.ts'
import { openFolder, type RunFolder } from './folder.ts'
import { refuseHopeless, refuseOnDefault } from './gates.ts'
import { leastOf, planRun, type PlanRequest, type RunPlan } from './plan.ts'
import { minterOf, sendersOf, siteOf } from './opening.ts'
import { offeredBy } from './offered.ts'
import { openBooks } from './record.ts'
import { RECORD } from './record-file.ts'
import { writeReports } from './reports.ts'
import { watched, type Progress } from './progress.ts'
import { VERSION } from './version.ts'

export interface RunOptions extends PlanRequest {
  readonly seed: string
  /** The folder that run folders are made in. */
  readonly out: string
  /** Aborts the run: what was sent is still observed and every fault mended. */
  readonly signal: AbortSignal
  readonly maxPerSecond: number | null
  /** How many requests may fail before nothing more is sent; any number when absent. */
  readonly maxFailures?: number | null
  readonly pace?: Pace
  /** How many threads send, where this one is not to; the histories are the same. */
  readonly senders?: number
  /** What is written into the folder of the run, the record first. */
  readonly reports: readonly ReportWriter[]
  watch(progress: Progress): void
  note(text: string): void
}

export interface RunOutcome {
  readonly record: RunRecord
  readonly folder: string
  /** Faults that could not be mended, in words; the loudest thing there is to say. */
  readonly unmended: readonly string[]
  /** Why the record is not in the folder, or not in every form asked for; null when it is. */
  readonly unwritten: CupelError | null
}

/**
 * Plans, asks, judges and records.
 *
 * @throws {CupelError} When the target, a file or an option cannot be used; then nothing is left that looks like a result.
 */
export function run(options: RunOptions): Promise<RunOutcome> {
  const halt = new AbortController()
  const signal = AbortSignal.any([options.signal, halt.signal])
  return runUntilStopped({ ...options, signal }, (why) => halt.abort(new Error(why)))
}

async function runUntilStopped(
  options: RunOptions,
  stop: (why: string) => void,
): Promise<RunOutcome> {
  const random = seeded(options.seed)
  const plan = await planRun(options, options.seed, random)
  if (plan.byDefault) refuseOnDefault(options.gates ?? [], plan.gates)
  refuseHopeless(plan.gates)
  const clock = machineClock()
  const startedUs = clock.nowUs()
  const folder = await openFolder(options.out, isoTime(startedUs), plan.target.facts.name)
  const senders = sendersOf(options, clock)
  const site = siteOf(options, { clock, folder, random: random.stream('site'), senders })
  const session = await plan.target.open(site).catch(async (error: unknown) => {
    await senders?.close()
    await folder.discard()
    throw error
  })
  try {
    return await withSession({ options, stop, plan, site, session, folder, startedUs })
  } finally {
    try {
      await session.close()
    } finally {
      // Threads that nobody ends keep the process alive.
      await senders?.close()
    }
  }
}

interface Opened {
  readonly options: RunOptions
  /** Ends the run early, and says why. */
  readonly stop: (why: string) => void
  readonly plan: RunPlan
  readonly site: Site
  readonly session: Session
  readonly folder: RunFolder
  readonly startedUs: number
}

async function withSession(opened: Opened): Promise<RunOutcome> {
  const { options, plan, site, session, folder, startedUs } = opened
  const runId = freshRunId()
  const { experiments, canary, judging } = plan.arrange(offeredOf(opened), session.clocks)
  const judges = plan.profiles.map(({ name }) => openJudge(judging, name))
  // A simulated target has a time of its own, and every stamp is in it.
  const clock = session.clock ?? site.clock
  const books = openBooks(judging, clock)
  const history = openHistory(`${folder.path}/history.ndjson.gz`)
  const write = async (events: readonly HistoryEvent[]): Promise<void> => {
    await history.write(events)
    for (const event of events) books.see(event)
  }
  const begunUs = session.clock === null ? startedUs : clock.nowUs()
  const header = headerOf(options, { runId, startedUs: begunUs, judging: plain(judging) })
  // Only a history of everything planned gets its footer; without one it never proves conformity.
  let footer: Footer | null = null
  let unmended: readonly string[] = []
  try {
    const asked = await withDriver(opened, runId, async (driver) => {
      unmended = driver.unmended
      await write([header])
      for (const judge of judges) judge.see(header)
      await pipeline({
        experiments,
        judges: nonEmpty(judges),
        drive: watched(
          (round) => driver.drive(round),
          nonEmpty(judges)[0],
          experiments.map(({ name }) => name),
          (progress) => options.watch(progress),
        ),
        write,
        digest,
        signal: options.signal,
        ...canaryWith(canary, opened.stop),
      })
      return !options.signal.aborted
    })
    if (asked) footer = await history.close()
  } catch (error) {
    // No record will say it.
    options.note(`stopped: nothing more is sent, and ${leftBroken(unmended)}`)
    throw error
  } finally {
    if (footer === null) await history.abandon()
  }
  if (footer !== null) for (const each of [books, ...judges]) each.see(footer)
  const record = books.record(
    judges.map((judge) => judge.conclude()),
    {
      header,
      interrupted: interruption(options.signal),
      ...(options.expected === undefined ? {} : { expected: options.expected }),
      ...(options.skips === undefined ? {} : { skipped: options.skips }),
    },
  )
  const unwritten = await published(record, opened)
  return { record, folder: folder.path, unmended, unwritten }
}

function leftBroken(unmended: readonly string[]): string {
  return unmended.length === 0
    ? 'nothing was left broken'
    : unmended.map((each) => `NOT MENDED: ${each}`).join(', ')
}

function canaryWith(
  experiment: Experiment | null,
  stop: (why: string) => void,
): { readonly canary?: Canary } {
  if (experiment === null) return {}
  const fell: Canary['fell'] = (why, before) => stop(`the canary fell before ${before}: ${why}`)
  return { canary: { experiment, fell } }
}

function headerOf(
  { seed }: RunOptions,
  own: Pick<Header, 'runId' | 'startedUs' | 'judging'>,
): Header {
  return { kind: 'header', format: 1, tool: `cupel ${VERSION}`, seed, ...own }
}

/** Lends a driver, and closes all that it came with whatever becomes of its use, or of opening it. */
async function withDriver<T>(
  opened: Opened,
  runId: string,
  use: (driver: Driver) => Promise<T>,
): Promise<T> {
  const { plan, session, site } = opened
  const minter = minterOf(plan.target, session, site.clock, runId)
  try {
    const driver = driverFor(opened, minter)
    try {
      return await use(driver)
    } finally {
      await driver.close()
    }
  } finally {
    await minter.close()
  }
}

/** Writes the reports. That they could not be written is an answer too, since the verdict is there to be told. */
async function published(
  record: RunRecord,
  { options, folder }: Opened,
): Promise<CupelError | null> {
  const { files, unwritten } = await writeReports(record, options.reports, (name, text) =>
    folder.publish(name, text),
  )
  // A folder without its record is no run that anything should point to.
  if (!files.includes(RECORD)) return unwritten
  await folder.pointLatest().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    options.note(`${options.out}/latest does not point to this run: ${why}`)
  })
  return unwritten
}

function offeredOf({ options, plan, session }: Opened): Offered {
  return offeredBy(session, isPressable(session, limitOf(options, plan)), FAULTS)
}

/** In requests a second: the least of the limits that anybody named. */
function limitOf({ maxPerSecond }: RunOptions, { target }: RunPlan): number | null {
  return leastOf([maxPerSecond, target.facts.maxPerSecond])
}

/** More than this thread is ever kept from anything for long, and few connections: at 5,000 a second 25 wait. */
const HAND_OVER_US = 5_000

type Header = Extract<HistoryEvent, { kind: 'header' }>

function driverFor({ options, stop, plan, site, session }: Opened, minter: Minter): Driver {
  return openDriver({
    target: plan.target,
    session,
    clock: session.clock ?? site.clock,
    site,
    minter,
    faults: FAULTS,
    secret: freshSecret(),
    limits: {
      maxPerSecond: limitOf(options, plan),
      maxFailures: leastOf([options.maxFailures, plan.target.facts.maxFailures]),
      tooMany: stop,
    },
    pace: { ...options.pace, ...(options.senders ? { handOverUs: HAND_OVER_US } : {}) },
    ...(session.clock === null ? { wallUs: machineClock().wallUs } : {}),
  })
}

function interruption(signal: AbortSignal): string | null {
  if (!signal.aborted) return null
  return signal.reason instanceof Error ? signal.reason.message : String(signal.reason)
}

function nonEmpty<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = list
  if (first === undefined) throw new RangeError('expected at least one')
  return [first, ...rest]
}
