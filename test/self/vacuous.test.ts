/** What was not seen to happen proves nothing: guards that are not met end inconclusive, never in a pass. */
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../harness/model/scenario.ts'
import type { ClockControl, Lever } from '../../harness/model/fault.ts'
import type { Session, Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import clockSkew from '../../scenarios/clock-skew.ts'
import burst from '../../scenarios/burst.ts'
import partitionedCache from '../../scenarios/partitioned-cache.ts'
import { embedded } from '../../targets/embedded.ts'
import { simulated } from '../../targets/simulated/target.ts'
import { ask } from './ask.ts'

const RUN_MS = 60_000

/** The faultless reference, with the session it opens changed. */
function changed(change: (session: Session) => Partial<Session>): Target {
  const target = embedded(seeded('7').stream('target'))
  return {
    ...target,
    async open(site) {
      const session = await target.open(site)
      return { ...session, ...change(session) }
    },
  }
}

async function verdictOf(target: Target, scenario: Scenario) {
  const { record } = await ask({ target, scenarios: [scenario.name] })
  return { ...record.scenarios[0], exitCode: record.exitCode }
}

describe('a clock that stays right', () => {
  test('makes clock-skew inconclusive, though nothing was wrong', { timeout: RUN_MS }, async () => {
    const stuck = changed(({ controls }) => {
      const { clock } = controls
      if (clock === undefined) throw new RangeError('the reference has clocks')
      const still: ClockControl = { ...clock, setOffset: async () => undefined }
      return { controls: { ...controls, clock: still } }
    })
    const { verdict, because, exitCode } = await verdictOf(stuck, clockSkew)
    expect([verdict, exitCode]).toEqual(['inconclusive', 2])
    expect(because).toContain('clock.offset on node-2: seen in force, and seen mended: 0 of 2')
  })
})

describe('a cut that cuts nothing', () => {
  test('makes partitioned-cache inconclusive, though every replay was refused', async () => {
    const target = simulated(seeded('7').stream('target'))
    const uncut: Target = {
      ...target,
      async open(site) {
        const session = await target.open(site)
        const link: Lever = {
          rung: () => 'a rubber knife',
          inflict: async () => ({
            rung: 'a rubber knife',
            confirm: async () => null,
            mend: async () => undefined,
            confirmMended: async () => ({ whole: true }),
          }),
        }
        return { ...session, controls: { ...session.controls, link } }
      },
    }
    const { verdict, because, exitCode } = await verdictOf(uncut, partitionedCache)
    expect([verdict, exitCode]).toEqual(['inconclusive', 2])
    expect(because).toContain('link.cut on node-2>store: seen in force, and seen mended: 0 of 1')
  })
})

describe('a target that is not there', () => {
  test('is unsupported as a whole, and says what would install it', async () => {
    const target = simulated(seeded('7').stream('target'))
    const absent: Target = {
      ...target,
      open: async (site) => ({
        ...(await target.open(site)),
        missing: 'needs redis-server, which is not installed: apt install redis-server',
      }),
    }
    const { verdict, because, exitCode } = await verdictOf(absent, partitionedCache)
    expect([verdict, exitCode]).toEqual(['unsupported', 2])
    expect(because).toContain('apt install redis-server')
  })
})

describe('load that nobody answers', () => {
  test('makes burst inconclusive', { timeout: RUN_MS }, async () => {
    // The port of nobody: what is judged goes another way and is answered.
    const elsewhere = changed(({ nodes }) => ({
      origins: new Map(nodes.map((node) => [node, new URL('http://127.0.0.1:9')])),
    }))
    const { verdict, because, exitCode } = await verdictOf(elsewhere, burst)
    expect([verdict, exitCode]).toEqual(['inconclusive', 2])
    expect(because).toContain('load.pressure on node-1: seen in force, and seen mended: 0 of 1')
  })

  test(
    'is not tried where it may not be put on: the scenario is unsupported',
    { timeout: RUN_MS },
    async () => {
      const secure = changed(({ nodes }) => ({
        origins: new Map(nodes.map((node) => [node, new URL('https://127.0.0.1:9')])),
      }))
      const { verdict, because, exitCode } = await verdictOf(secure, burst)
      expect([verdict, exitCode]).toEqual(['unsupported', 2])
      expect(because).toContain('control load')
    },
  )
})
