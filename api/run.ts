/** A run from beginning to end, for programs: the command line is one of its callers. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { openDriver, type Driver } from '../harness/drive/driver.ts'
import { CupelError } from '../harness/errors.ts'
import { mintingThreads, truthMinter, workerMinter, type Minter } from '../harness/drive/minting.ts'
import { isPressable } from '../harness/drive/pressure.ts'
import { minterWith } from '../harness/drive/signing.ts'
import { isoTime, machineClock } from '../harness/clock.ts'
import { plain } from '../harness/json.ts'
import type { Pace } from '../harness/drive/options.ts'
import { openHistory } from '../harness/history/writer.ts'
import type { HistoryEvent } from '../harness/model/history.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import type { Session, Site } from '../harness/model/target.ts'
import { openJudge } from '../harness/oracle/judge.ts'
import { digest } from '../harness/plan/digest.ts'
import { freshRunId, freshSecret, seeded } from '../harness/random.ts'
import { run as pipeline } from '../harness/run.ts'
import { openWires } from '../harness/wire/wires.ts'
import { FAULTS } from '../faults/index.ts'
import { openFolder, type RunFolder } from './folder.ts'
import { refuseHopeless, refuseOnDefault } from './gates.ts'
import { leastOf, planRun, type PlanRequest, type RunPlan } from './plan.ts'
import { openBooks } from './record.ts'
import { watched, type Progress } from './progress.ts'
import { VERSION } from './version.ts'

/** How long an answer may take, and how long it may be, before the connection is given up. */
const ANSWER_MS = 10_000
const ANSWER_BYTES = 1_048_576

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
  const site: Site = {
    clock,
    random: random.stream('site'),
    wires: openWires(clock, { answerMs: ANSWER_MS, answerBytes: ANSWER_BYTES }),
    signal: options.signal,
    // Whole, since programs of a target run in folders of their own.
    folder: resolve(folder.path),
    note: (text) => options.note(text),
    adopt: (pid, name) => folder.adopt(pid, name),
  }
  const session = await plan.target.open(site).catch(async (error: unknown) => {
    await folder.discard()
    throw error
  })
  try {
    return await withSession({ options, stop, plan, site, session, folder, startedUs })
  } finally {
    await session.close()
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
  const { experiments, judging } = plan.arrange(leversOf(opened), session.clocks)
  const judges = plan.profiles.map(({ name }) => openJudge(judging, name))
  const books = openBooks(judging, site.clock)
  const history = openHistory(`${folder.path}/history.ndjson.gz`)
  const write = async (events: readonly HistoryEvent[]): Promise<void> => {
    await history.write(events)
    for (const event of events) books.see(event)
  }
  const header: Header = {
    kind: 'header',
    format: 1,
    tool: `cupel ${VERSION}`,
    runId,
    seed: options.seed,
    startedUs,
    judging: plain(judging),
  }
  // Only a history of everything planned gets its footer; without one it never proves conformity.
  let asked = false
  let unmended: readonly string[] = []
  try {
    asked = await withDriver(opened, runId, async (driver) => {
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
      })
      return !options.signal.aborted
    })
  } finally {
    if (!asked) await history.abandon()
  }
  if (asked) {
    const footer = await history.close()
    for (const each of [books, ...judges]) each.see(footer)
  }
  const record = books.record(
    judges.map((judge) => judge.conclude()),
    { header, interrupted: interruption(options.signal), unmended },
  )
  const unwritten = await published(record, opened)
  return { record, folder: folder.path, unmended, unwritten }
}

/** Lends a driver, and closes all that it came with whatever becomes of its use, or of opening it. */
async function withDriver<T>(
  opened: Opened,
  runId: string,
  use: (driver: Driver) => Promise<T>,
): Promise<T> {
  const minter = minterFor(opened, runId)
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
  try {
    for (const { file, render } of options.reports) await folder.publish(file, render(record))
  } catch (error) {
    if (error instanceof CupelError) return error
    throw error
  }
  await folder.pointLatest().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    options.note(`${options.out}/latest does not point to this run: ${why}`)
  })
  return null
}

/** What scenarios may break things with: what the target offers, and load of our own where it may be put on. */
function leversOf({ options, plan, session }: Opened): readonly string[] {
  const own = isPressable(session, limitOf(options, plan)) ? ['load'] : []
  return [...Object.keys(session.controls), ...own]
}

/** In requests a second: the least of the limits that anybody named. */
function limitOf({ maxPerSecond }: RunOptions, { target }: RunPlan): number | null {
  return leastOf([maxPerSecond, target.facts.maxPerSecond])
}

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
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    ...(session.clock === null ? { wallUs: machineClock().wallUs } : {}),
  })
}

function minterFor({ plan, session, site }: Opened, runId: string): Minter {
  const { facts, keys, speaks } = plan.target
  const owners: Record<string, string> = {}
  for (const { id, keys: own } of facts.principals) for (const { name } of own) owners[name] = id
  const context = { keys, owners, runId }
  if (speaks === 'truth') return truthMinter(context)
  const own = workerMinter(context, mintingThreads(availableParallelism()))
  return minterWith(session.signers ?? new Map(), context, own, site.clock)
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
