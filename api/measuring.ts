/** A target that is asked and judged by nobody: opened, with a driver that keeps to its limits, and closed whatever comes. */
import { isoTime, machineClock } from '../harness/clock.ts'
import { openDriver, type Driver } from '../harness/drive/driver.ts'
import type { Limits } from '../harness/drive/options.ts'
import type { Profile } from '../harness/model/policy.ts'
import type { Clock, Random, Session, Target } from '../harness/model/target.ts'
import { freshRunId, freshSecret, seeded } from '../harness/random.ts'
import { openFolder } from './folder.ts'
import { minterOf, siteOf } from './opening.ts'
import { leastOf, ownProfiles, targetFor } from './plan.ts'
import { profilesFor } from './select.ts'

export interface MeasuringRequest {
  /** As of a run. */
  readonly target: string | Target
  /** What controls are made by; the target's own when null. */
  readonly profile: string | null
  readonly seed: string
  /** The folder that a folder is made in, for as long as it is measured. */
  readonly out: string
  readonly maxPerSecond: number | null
  readonly signal: AbortSignal
  note(text: string): void
}

export interface Measured {
  readonly target: Target
  readonly profile: Profile
  /** The same as the target file narrows it, which right requests are made by. */
  readonly own: Profile
  readonly random: Random
  readonly session: Session
  /** The time that the target lives in. */
  readonly clock: Clock
  readonly driver: Driver
}

/**
 * @param name What the folder is called besides the target.
 * @throws {CupelError} When the target, a file or an option cannot be used.
 */
export async function measuring<T>(
  request: MeasuringRequest,
  name: string,
  use: (measured: Measured) => Promise<T>,
): Promise<T> {
  const random = seeded(request.seed)
  const target = await targetFor(request.target, random.stream('target'))
  const named = request.profile === null ? [] : [request.profile]
  const [profile] = profilesFor(named, target.facts.profile)
  const [own] = ownProfiles([profile], target.facts)
  const machine = machineClock()
  const folder = await openFolder(
    request.out,
    isoTime(machine.nowUs()),
    `${name}-${target.facts.name}`,
  )
  const halt = new AbortController()
  const signal = AbortSignal.any([request.signal, halt.signal])
  const site = siteOf(
    { ...request, signal },
    { clock: machine, folder, random: random.stream('site') },
  )
  const session = await target.open(site).catch(async (error: unknown) => {
    await folder.discard()
    throw error
  })
  const clock = session.clock ?? machine
  const minter = minterOf(target, session, machine, freshRunId())
  const driver = openDriver({
    target,
    session,
    clock,
    site,
    minter,
    faults: [],
    secret: freshSecret(),
    limits: limitsOf(request, target, halt),
  })
  try {
    return await use({ target, profile, own, random, session, clock, driver })
  } finally {
    await driver.close()
    await minter.close()
    await session.close()
    await folder.discard()
  }
}

function limitsOf(request: MeasuringRequest, { facts }: Target, halt: AbortController): Limits {
  return {
    maxPerSecond: leastOf([request.maxPerSecond, facts.maxPerSecond]),
    maxFailures: facts.maxFailures ?? null,
    tooMany(why) {
      request.note(`nothing more is asked: ${why}`)
      halt.abort()
    },
  }
}
