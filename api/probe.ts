/** Measuring what a target enforces, for programs. Nothing is judged: whether it ought to is for a run to say. */
import { isoTime, machineClock } from '../harness/clock.ts'
import { openDriver } from '../harness/drive/driver.ts'
import type { Limits } from '../harness/drive/options.ts'
import type { HistoryEvent } from '../harness/model/history.ts'
import type { ClockFound, ProbeReport } from '../harness/model/probe.ts'
import type { Usage } from '../harness/model/plan.ts'
import type { Target } from '../harness/model/target.ts'
import { probe as measure } from '../harness/probe/probe.ts'
import { freshRunId, freshSecret, seeded } from '../harness/random.ts'
import { openFolder } from './folder.ts'
import { minterOf, siteOf } from './opening.ts'
import { leastOf, targetFor } from './plan.ts'
import { profilesFor } from './select.ts'

export interface ProbeRequest {
  /** As of a run. */
  readonly target: string | Target
  /** What controls are made by, and what the policy is told against; the target's own when null. */
  readonly profile: string | null
  readonly seed: string
  /** The folder that the folder of the probe is made in. */
  readonly out: string
  /** Which to measure; all that the target has when absent. */
  readonly usages?: readonly Usage[]
  /** How many assertions may be spent on the capacity of a replay memory. */
  readonly capacity: number
  readonly waits: boolean
  readonly maxPerSecond: number | null
  readonly signal: AbortSignal
  note(text: string): void
}

/** @throws {CupelError} When the target, a file or an option cannot be used. */
export async function probe(request: ProbeRequest): Promise<ProbeReport> {
  const random = seeded(request.seed)
  const target = await targetFor(request.target, random.stream('target'))
  const named = request.profile === null ? [] : [request.profile]
  const [profile] = profilesFor(named, target.facts.profile)
  const clock = machineClock()
  const folder = await openFolder(request.out, isoTime(clock.nowUs()), `probe-${target.facts.name}`)
  const halt = new AbortController()
  const signal = AbortSignal.any([request.signal, halt.signal])
  const site = siteOf({ ...request, signal }, { clock, folder, random: random.stream('site') })
  const session = await target.open(site).catch(async (error: unknown) => {
    await folder.discard()
    throw error
  })
  const time = session.clock ?? clock
  const minter = minterOf(target, session, clock, freshRunId())
  const driver = openDriver({
    target,
    session,
    clock: time,
    site,
    minter,
    faults: [],
    secret: freshSecret(),
    limits: limitsOf(request, target, halt),
  })
  const seen = openCounts()
  try {
    const startUs = time.nowUs()
    const found = await measure({
      facts: target.facts,
      profile,
      random: random.stream('probe'),
      clock: time,
      drive: (round) => driver.drive(round),
      see: (event) => seen.see(event),
      clocks: () => seen.clocks(),
      ...(request.usages === undefined ? {} : { usages: request.usages }),
      readsHeaders: target.speaks === 'jwt',
      capacity: request.capacity,
      waits: request.waits,
    })
    return {
      format: 1,
      target: target.facts.name,
      profile: profile.name,
      seed: request.seed,
      seconds: (time.nowUs() - startUs) / 1e6,
      requests: seen.requests(),
      ...found,
    }
  } finally {
    await driver.close()
    await minter.close()
    await session.close()
    await folder.discard()
  }
}

function limitsOf(request: ProbeRequest, { facts }: Target, halt: AbortController): Limits {
  return {
    maxPerSecond: leastOf([request.maxPerSecond, facts.maxPerSecond]),
    maxFailures: facts.maxFailures ?? null,
    tooMany(why) {
      request.note(`nothing more is asked: ${why}`)
      halt.abort()
    },
  }
}

interface Counts {
  see(event: HistoryEvent): void
  requests(): number
  /** All that was read of a clock must be so at once, as long as nobody sets it. */
  clocks(): readonly ClockFound[]
}

function openCounts(): Counts {
  let requests = 0
  const clocks = new Map<string, ClockFound>()
  return {
    see(event) {
      if (event.kind === 'observed') requests++
      if (event.kind !== 'clock') return
      const { node, source } = event
      const known = clocks.get(node)?.offsetSeconds
      const low = Math.max(event.lowUs / 1e6, known?.low ?? -Infinity)
      const high = Math.min(event.highUs / 1e6, known?.high ?? Infinity)
      const offsetSeconds =
        low <= high ? { low, high } : { low: event.lowUs / 1e6, high: event.highUs / 1e6 }
      clocks.set(node, { node, source, offsetSeconds })
    },
    requests: () => requests,
    clocks: () => [...clocks.values()],
  }
}
