/** Keys that a client publishes itself: served by the harness, fetched by live nodes, through everything that can be wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { embedded } from '../../../targets/embedded.ts'
import { ask, assertion, brief, CLIENT_CREDENTIALS, clock, testSite } from './system.ts'

const target = embedded(seeded('7'), { nodes: 1 })
let session: Session

beforeAll(async () => {
  session = await target.open(testSite())
}, 60_000)
afterAll(() => session.close())

async function authenticate(key: 'rotating' | 'rotating-next', kid: string): Promise<string> {
  const { answer } = await ask(target, session, {
    params: CLIENT_CREDENTIALS,
    parts: {
      client_assertion: assertion(target, { by: 'rotating', signer: key, header: { kid } }),
    },
  })
  return brief(answer)
}

const withCurrent = (): Promise<string> => authenticate('rotating', 'rotating-1')
const withNext = (): Promise<string> => authenticate('rotating-next', 'rotating-2')

async function fetches(): Promise<number> {
  return (await session.counters?.())?.['jwks-fetches'] ?? 0
}

function later(seconds: number): Promise<void> {
  return clock.sleepUntil(clock.nowUs() + seconds * 1e6)
}

describe('published keys', () => {
  test('are fetched when they are first wanted, and kept for a while', async () => {
    expect([await withCurrent(), await withCurrent(), await fetches()]).toEqual(['200', '200', 1])
  })

  test('are fetched again for a key that is not among them, though not for every request', async () => {
    await later(1.1)
    const before = await fetches()
    const answers = await Promise.all(Array.from({ length: 8 }, withNext))
    expect(new Set(answers)).toEqual(new Set(['400 invalid_client']))
    expect((await fetches()) - before).toBe(1)
  })

  test('that are added work soon, and no longer when they are taken back', async () => {
    const added = await session.controls.keys?.inflict('add', 'rotating', {})
    expect(await added?.confirm()).toMatchObject({ keys: 2 })
    await later(1.1)
    expect([await withNext(), await withCurrent()]).toEqual(['200', '200'])
    await added?.mend()
    expect(await added?.confirmMended()).not.toBeNull()
    await later(2.1)
    expect([await withNext(), await withCurrent()]).toEqual(['400 invalid_client', '200'])
  })

  test.each([
    ['outage', {}],
    ['garbage', {}],
    ['oversized', {}],
    ['slow', { seconds: 1 }],
  ])('that cannot be had for an %s are those that were known', async (act, options) => {
    const done = await session.controls.keys?.inflict(act, 'rotating', options)
    expect(await done?.confirm()).not.toBeNull()
    await later(2.1)
    expect(await withCurrent()).toBe('200')
    await done?.mend()
    expect(await done?.confirmMended()).not.toBeNull()
  })

  test('are those of clients with an address for them, and of nobody else', () => {
    expect(session.controls.keys?.rung('add', 'rotating')).toBe('own-host')
    expect(session.controls.keys?.rung('add', 'honest')).toBeNull()
  })
})
