/** Goal: what a client publishes and who was revoked decide in a simulation as they do live (../published-keys.test.ts). */
import { describe, expect, test } from 'vitest'
import { answerAt, opened, truth, type Change, type System } from './a-system.ts'

describe('what a simulated client publishes', () => {
  const CURRENT = { kid: 'rotating-1' }
  const NEXT = { signer: 'rotating-next', kid: 'rotating-2' }
  const REFUSED = '400 invalid_client'

  interface Asked extends System {
    readonly by: (change: Change) => Promise<string>
    readonly fetches: () => Promise<number>
    readonly passes: (seconds: number) => Promise<void>
    readonly breaks: (act: string) => Promise<() => Promise<void>>
  }

  async function asked(): Promise<Asked> {
    const system = await opened()
    const { session } = system
    const { clock } = session
    return {
      ...system,
      by: (change) => answerAt(system, 'node-1', truth(system, 'rotating', change)),
      fetches: async () => (await session.counters?.())?.['jwks-fetches'] ?? 0,
      passes: async (seconds) => clock?.sleepUntil(clock.nowUs() + seconds * 1e6),
      async breaks(act) {
        const done = await session.controls.keys?.inflict(act, 'rotating', { seconds: 1 })
        expect(await done?.confirm()).not.toBeNull()
        return async () => done?.mend()
      },
    }
  }

  test('works as long as it is published, and for as long as it is kept', async () => {
    const { by, breaks, passes } = await asked()
    expect([await by(CURRENT), await by(NEXT)]).toEqual(['200', REFUSED])
    const mend = await breaks('rotate')
    expect(await by(CURRENT)).toBe('200')
    await passes(2.1)
    expect([await by(CURRENT), await by(NEXT)]).toEqual([REFUSED, '200'])
    await mend()
    await passes(2.1)
    expect([await by(CURRENT), await by(NEXT)]).toEqual(['200', REFUSED])
  })

  test('is another key under the same name once it is swapped', async () => {
    const { by, breaks, passes } = await asked()
    expect(await by(CURRENT)).toBe('200')
    await breaks('swap')
    await passes(2.1)
    expect([await by(CURRENT), await by({ ...NEXT, ...CURRENT })]).toEqual([REFUSED, '200'])
  })

  test.each(['outage', 'garbage', 'oversized', 'slow'])(
    'and is known stays known through %s, and what is not known is not had',
    async (act) => {
      const { by, breaks, passes } = await asked()
      expect(await by(CURRENT)).toBe('200')
      const mend = await breaks(act)
      await passes(5)
      expect([await by(CURRENT), await by(NEXT)]).toEqual(['200', REFUSED])
      await mend()
    },
  )

  test('is fetched for a name that nobody knows, once in a while', async () => {
    const { by, fetches, passes } = await asked()
    await by(CURRENT)
    await passes(1.1)
    const before = await fetches()
    for (let times = 0; times < 5; times++) await by({ ...CURRENT, kid: 'nobody-has-this' })
    expect((await fetches()) - before).toBe(1)
  })

  test('is nothing to whose keys are registered, and nobody else is revoked with it', async () => {
    const { target, session } = await asked()
    const system = { target, session }
    const revoked = await session.controls.revoke?.inflict('client', 'rotating', {})
    expect(await revoked?.confirm()).toMatchObject({ now: [false, false, false] })
    for (const node of session.nodes) {
      expect(await answerAt(system, node, truth(system, 'rotating', CURRENT))).toBe(REFUSED)
      expect(await answerAt(system, node, truth(system, 'honest'))).toBe('200')
    }
    await revoked?.mend()
    expect(await answerAt(system, 'node-1', truth(system, 'rotating', CURRENT))).toBe('200')
  })
})
