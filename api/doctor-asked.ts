/** What a target says to one plain request of each party, what its clock reads, and what it cannot be asked. */
import { FAULTS } from '../faults/index.ts'
import { openAsk, type Told } from '../harness/probe/asking.ts'
import { isPressable } from '../harness/drive/pressure.ts'
import type { Looked, TargetLooked, Unasked } from '../harness/model/doctor.ts'
import type { HistoryEvent, Observation } from '../harness/model/history.ts'
import type { Judging } from '../harness/model/judging.ts'
import type { Principal } from '../harness/model/target.ts'
import { offsetByDate } from '../targets/http.ts'
import type { Measured } from './measuring.ts'
import { offeredBy } from './offered.ts'
import { leastOf, planRun } from './plan.ts'
import { clockLooked, controlLooked, dateLooked, type ClockSeen } from './doctor-words.ts'

export type Asked = Pick<TargetLooked, 'asks' | 'looked' | 'scenarios' | 'cases'>

export interface AskOptions {
  readonly seed: string
  readonly profile: string | null
  readonly maxPerSecond: number | null
  /** Whether its file says that no clock is known, which an answer may make up for. */
  readonly noClock: boolean
}

export async function askTarget(measured: Measured, options: AskOptions): Promise<Asked> {
  const { session } = measured
  const unasked = await unaskedOf(measured, options)
  if (session.missing !== undefined) {
    const looked: Looked = { name: 'programs', health: 'poor', text: session.missing }
    return { looked: [looked], ...unasked }
  }
  const seen: Observation[] = []
  const controls = await controlsOf(measured, (event) => {
    if (event.kind === 'observed') seen.push(event)
  })
  const clocks = await clocksOf(measured)
  const dates = options.noClock ? datesIn(seen) : null
  return {
    looked: [...controls, ...clocks, ...(dates === null ? [] : [dateLooked(dates)])],
    ...unasked,
  }
}

/** One request of each party, in turn, each with an assertion that nothing is wrong with. */
async function controlsOf(
  measured: Measured,
  see: (event: HistoryEvent) => void,
): Promise<readonly Looked[]> {
  const { target, own, random, clock, driver } = measured
  const { facts } = target
  const looked: Looked[] = []
  const said = new Map<string, string>()
  for (const usage of facts.usages) {
    const parties = facts.principals.filter((each) => each.usage === usage)
    const [first] = parties
    if (first === undefined) continue
    const ask = openAsk({
      facts,
      policy: own.policy,
      usage,
      by: first,
      random: random.stream(`doctor/${usage}`),
      clock,
      drive: (round) => driver.drive(round),
      see(event) {
        see(event)
        if (event.kind === 'observed') said.set(event.step, wordsOf(event))
      },
    })
    const told = await ask(parties.map((by) => ({ by })))
    looked.push(...parties.map((party, index) => controlOf(party, told[index], said)))
  }
  return looked
}

function controlOf(party: Principal, told: Told | undefined, said: ReadonlyMap<string, string>) {
  return controlLooked(party, {
    outcome: told?.outcome ?? 'unsent',
    said: said.get(told?.step ?? '') ?? 'nothing was sent',
  })
}

/** An answer as it came, in short; never a token, for what is kept of it has none. */
function wordsOf({ answer }: Observation): string {
  if (answer.kind === 'none') return answer.detail ?? answer.cause
  return [String(answer.status), answer.code, answer.excerpt].filter(Boolean).join(' ')
}

async function clocksOf({ session }: Measured): Promise<readonly Looked[]> {
  const looked: Looked[] = []
  for (const node of session.nodes) {
    const read = await session.clockOf(node)
    if (session.clocks.includes(node)) looked.push(clockLooked(node, read))
  }
  return looked
}

/** What the Date of the answers says, all of which must be so at once; null where none has one. */
function datesIn(seen: readonly Observation[]): ClockSeen | null {
  const read = seen.flatMap(({ answer, begunUs, answeredUs, releasedUs, connection, reused }) => {
    if (answer.kind !== 'reply' || begunUs === null) return []
    const raw = { status: answer.status, headers: answer.headers, body: new Uint8Array() }
    const stamps = { begunUs, answeredUs, releasedUs: releasedUs ?? begunUs }
    const found = offsetByDate({ ...stamps, connection, reused, raw })
    return found === null ? [] : [found]
  })
  if (read.length === 0) return null
  return {
    source: 'date-header',
    lowUs: Math.max(...read.map(({ lowUs }) => lowUs)),
    highUs: Math.min(...read.map(({ highUs }) => highUs)),
  }
}

/** What a run would ask if nothing were named, and what of that it cannot. */
async function unaskedOf(
  { target, random, session, profile }: Measured,
  { seed, maxPerSecond }: AskOptions,
): Promise<Pick<TargetLooked, 'asks' | 'scenarios' | 'cases'>> {
  const limit = leastOf([maxPerSecond, target.facts.maxPerSecond])
  const request = { target, suites: [], scenarios: [], profiles: [profile.name], strict: false }
  const plan = await planRun({ ...request, maxPerSecond }, seed, random.stream('doctor'))
  const offered = offeredBy(session, isPressable(session, limit), FAULTS)
  const { judging } = plan.arrange(offered, session.clocks)
  return unaskedIn(judging, session.missing ?? null)
}

export function unaskedIn(
  { scenarios, checks }: Pick<Judging, 'scenarios' | 'checks'>,
  missing: string | null,
): Pick<TargetLooked, 'asks' | 'scenarios' | 'cases'> {
  const reasons = checks.flatMap(({ unsupported }) => Object.values(unsupported))
  const asked = checks.reduce((sum, each) => sum + each.cases.length, 0)
  return {
    asks: missing === null ? { scenarios: scenarios.length, cases: asked + reasons.length } : null,
    scenarios: grouped(scenarios),
    cases: [...Map.groupBy(reasons, (each) => each)]
      .map(([because, all]) => ({ because, cases: all.length }))
      .toSorted((a, b) => b.cases - a.cases),
  }
}

function grouped(scenarios: Judging['scenarios']): readonly Unasked[] {
  const unsupported = scenarios.flatMap(({ name, unsupported: because }) =>
    because === null ? [] : [{ name, because }],
  )
  return [...Map.groupBy(unsupported, ({ because }) => because)].map(([because, all]) => ({
    because,
    what: all.map(({ name }) => name),
  }))
}
