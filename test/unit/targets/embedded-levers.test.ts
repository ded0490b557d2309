/** What the processes of the embedded target can suffer, each act seen in force and seen mended. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inflicted, LeverName } from '../../../harness/model/fault.ts'
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

const authenticate = (node: string): Promise<string> =>
  present(assertion(target, { by: 'honest' }), node)

async function present(client_assertion: string, node: string): Promise<string> {
  const { answer } = await ask(target, session, {
    node,
    params: CLIENT_CREDENTIALS,
    parts: { client_assertion },
  })
  return brief(answer)
}

function doTo(
  on: string,
  of: LeverName,
  act: string,
  options: Readonly<Record<string, Json>> = {},
): Promise<Inflicted> {
  const lever = session.controls[of]
  if (lever === undefined) throw new RangeError(`no lever over ${of}`)
  return lever.inflict(act, on, options)
}

describe('a node', () => {
  test('that is killed is gone, and is there again with what the store remembers', async () => {
    const spent = assertion(target, { by: 'honest' })
    expect(await present(spent, 'node-2')).toBe('200')
    const killed = await doTo('node-2', 'node', 'kill')
    expect(await killed.confirm()).toEqual({ reached: false })
    // A reset may come before the connection is called one.
    expect(await authenticate('node-2').catch(String)).not.toBe('200')
    await killed.mend()
    expect(await killed.confirmMended()).toEqual({ reached: true })
    expect([await authenticate('node-2'), await present(spent, 'node-2')]).toEqual([
      '200',
      '400 invalid_client',
    ])
    expect(await session.clockOf('node-2')).not.toBeNull()
  })

  test('that is paused answers when it goes on', async () => {
    const paused = await doTo('node-3', 'node', 'pause')
    expect(await paused.confirm()).toEqual({ answers: false })
    const asked = authenticate('node-3')
    await paused.mend()
    expect(await paused.confirmMended()).toEqual({ answers: true })
    expect(await asked).toBe('200')
  })
})

describe('the store', () => {
  test.each([
    ['flush', {}],
    ['restart-empty', {}],
  ])('has nothing left after %s', async (act, options) => {
    const spent = assertion(target, { by: 'honest' })
    expect(await present(spent, 'node-1')).toBe('200')
    const done = await doTo('store', 'store', act, options)
    expect(await done.confirm()).not.toBeNull()
    await done.mend()
    expect(await done.confirmMended()).not.toBeNull()
    expect(await present(spent, 'node-1')).toBe('200')
  })

  test.each([
    ['outage', {}],
    ['pause', {}],
    ['slow', { seconds: 0.8 }],
  ])(
    'that has a fault of %s answers nobody in time, and knows everything afterwards',
    async (act, options) => {
      const spent = assertion(target, { by: 'honest' })
      expect(await present(spent, 'node-1')).toBe('200')
      const done = await doTo('store', 'store', act, options)
      const asked = Promise.all(session.nodes.map((node) => authenticate(node)))
      expect(await done.confirm()).not.toBeNull()
      expect(new Set(await asked)).toEqual(new Set(['503 temporarily_unavailable']))
      await done.mend()
      expect(await done.confirmMended()).not.toBeNull()
      expect(await present(spent, 'node-2')).toBe('400 invalid_client')
    },
  )

  test('that held nothing was not emptied: that is no fault in force', async () => {
    await (await doTo('store', 'store', 'flush')).mend()
    expect(await (await doTo('store', 'store', 'flush')).confirm()).toBeNull()
  })

  test('of the reference fails over to nobody, and says where that is possible', () => {
    expect(session.controls.store?.rung('fail-over', 'store')).toBeNull()
    expect(session.controls.store?.lacks?.('fail-over', 'store')).toContain('redis')
  })
})
