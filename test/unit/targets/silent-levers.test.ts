/**
 * Goal: a fault that does not take hold is never taken for one in force, whatever was acknowledged. Method: every act that
 * the embedded target can suffer is done and undone again before it is looked for.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAULTS } from '../../../faults/index.ts'
import type { Lever } from '../../../harness/model/fault.ts'
import type { Json } from '../../../harness/model/plan.ts'
import type { Session } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { embedded } from '../../../targets/embedded.ts'
import { ask, assertion, brief, CLIENT_CREDENTIALS, testSite } from './system.ts'

const target = embedded(seeded('7'))
let session: Session

beforeAll(async () => {
  session = await target.open(testSite())
}, 60_000)
afterAll(() => session.close())

/** Where each lever is put on; the clock and load have no acts. */
const PLACES: Readonly<Record<string, string>> = {
  link: 'node-2>store',
  node: 'node-3',
  store: 'store',
  keys: 'rotating',
  revoke: 'rotating',
}
const OPTIONS: Readonly<Record<string, Json>> = { seconds: 0.3, keys: 10 }

/** These have happened once they were done, and nothing takes them back. */
const LASTING = ['store.flush', 'store.fill', 'store.restart-empty']

/** What only a real store can suffer (redis-store.test.ts). */
const ELSEWHERE = ['store.read-only', 'store.full', 'store.fail-over']

const asked = FAULTS.flatMap(({ name, act }) =>
  act === undefined || [...LASTING, ...ELSEWHERE].includes(name) ? [] : [{ fault: name, ...act }],
)

function leverOver(of: string): Lever {
  const { controls } = session
  const lever = new Map<string, unknown>(Object.entries(controls)).get(of)
  if (!isLever(lever)) throw new RangeError(`no lever over ${of}`)
  return lever
}

function isLever(value: unknown): value is Lever {
  return typeof value === 'object' && value !== null && 'inflict' in value
}

async function authenticate(node: string, by: string): Promise<string> {
  const { answer } = await ask(target, session, {
    node,
    params: CLIENT_CREDENTIALS,
    parts: { client_assertion: assertion(target, { by }) },
  })
  return brief(answer)
}

test('every lever is asked', () => {
  expect(new Set(asked.map(({ of }) => of))).toEqual(new Set(Object.keys(PLACES)))
})

describe.each(asked)('$fault', ({ of, name: act }) => {
  const on = PLACES[of] ?? ''

  test('is seen in force, and seen mended', { timeout: 30_000 }, async () => {
    const done = await leverOver(of).inflict(act, on, OPTIONS)
    // An edge that takes and does not answer shows by what is asked over it.
    const asking = authenticate('node-2', 'honest').catch(String)
    const confirmed = await done.confirm()
    await done.mend()
    await asking
    expect(confirmed).not.toBeNull()
    expect(await done.confirmMended()).not.toBeNull()
  })

  test('that came to nothing is not seen in force', { timeout: 30_000 }, async () => {
    const done = await leverOver(of).inflict(act, on, OPTIONS)
    await done.mend()
    expect(await done.confirm()).toBeNull()
  })
})

describe('a revoked client', () => {
  test('is refused at every node until it is let in again, and nobody else is', async () => {
    const revoked = await leverOver('revoke').inflict('client', 'rotating', {})
    expect(await revoked.confirm()).toEqual({ nodes: 3, isTaken: false })
    for (const node of session.nodes) {
      expect(await authenticate(node, 'rotating')).toBe('400 invalid_client')
      expect(await authenticate(node, 'honest')).toBe('200')
    }
    await revoked.mend()
    expect(await revoked.confirmMended()).toEqual({ nodes: 3, isTaken: true })
    expect(await authenticate('node-1', 'rotating')).toBe('200')
  })

  test('whom one node does not know of any more is not seen revoked', async () => {
    const revoked = await leverOver('revoke').inflict('client', 'rotating', {})
    // It has nothing that it heard in its former life.
    const killed = await leverOver('node').inflict('kill', 'node-3', {})
    await killed.mend()
    expect(await revoked.confirm()).toBeNull()
    await revoked.mend()
  })
})
