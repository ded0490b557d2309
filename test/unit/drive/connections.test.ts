/** Which connection a request gets: one of its own, one it shares, or none, and then why not. */
import { describe, expect, test } from 'vitest'
import { openConnections, type Nobody, type Place } from '../../../harness/drive/connections.ts'
import { CupelError } from '../../../harness/errors.ts'
import type { Wire } from '../../../harness/model/target.ts'
import { jumpingClock } from './jumping-clock.ts'

interface Shown {
  readonly wire: Wire
  readonly place: string
  closed: boolean
  usable: boolean
}

/** A session that opens wires which do nothing but say whether they are usable. */
function opened(carries = 1, most?: number) {
  const shown: Shown[] = []
  const clock = jumpingClock()
  let refusal: Error | null = null
  const session = {
    nodes: ['one', 'two'],
    connect: async (node: string | null, principal: string): Promise<Wire> => {
      if (refusal !== null) throw refusal
      const each: Shown = {
        place: `${node} ${principal}`,
        closed: false,
        usable: true,
        wire: {
          ...(carries === 1 ? {} : { carries }),
          send: () => Promise.reject(new Error('nothing is sent')),
          hold: () => Promise.reject(new Error('nothing is held')),
          usable: () => each.usable,
          close: async () => void (each.closed = true),
        },
      }
      shown.push(each)
      return each.wire
    },
  }
  return {
    shown,
    clock,
    connections: openConnections(session, clock, most),
    refuse: (error: Error | null) => (refusal = error),
  }
}

const place = (node: string, principal = 'a'): Place => ({ node, principal })

function wireOf(taken: Wire | Nobody): Wire {
  if ('nobody' in taken) throw new Error(`no wire but ${taken.nobody}`)
  return taken
}

describe('a connection', () => {
  test('is nobody else’s until it is given back, and then the one used last comes first', async () => {
    const { connections, shown } = opened()
    const [one, other] = [
      wireOf(await connections.take(place('one'))),
      wireOf(await connections.take(place('one'))),
    ]
    expect(one).not.toBe(other)
    connections.give(place('one'), other)
    connections.give(place('one'), one)
    expect(await connections.take(place('one'))).toBe(one)
    expect(shown).toHaveLength(2)
  })

  test('is never another’s, nor to another node', async () => {
    const { connections, shown } = opened()
    for (const each of [place('one'), place('one', 'b'), place('two')])
      connections.give(each, wireOf(await connections.take(each)))
    expect(shown.map((each) => each.place)).toEqual(['one a', 'one b', 'two a'])
    expect(await connections.take(place('one', 'b'))).toBe(shown[1]?.wire)
  })

  test('that may not be used again is closed, when it is given back or when it is looked for', async () => {
    const { connections, shown } = opened()
    const [one, other] = [
      wireOf(await connections.take(place('one'))),
      wireOf(await connections.take(place('one'))),
    ]
    const [first, second] = shown
    if (first === undefined || second === undefined) throw new Error('two were opened')
    first.usable = false
    connections.give(place('one'), one)
    connections.give(place('one'), other)
    second.usable = false
    await connections.take(place('one'))
    expect(shown.map(({ closed }) => closed)).toEqual([true, true, false])
  })

  test('to nobody is nobody, with the reason in a word; any other error is the harness’s', async () => {
    const { connections, refuse } = opened()
    refuse(new CupelError('ERR_TARGET_UNREACHABLE', 'no', { detail: 'ECONNREFUSED' }))
    expect(await connections.take(place('one'))).toEqual({ nobody: 'ECONNREFUSED' })
    refuse(new Error('broken'))
    await expect(connections.take(place('one'))).rejects.toThrow('broken')
  })
})

describe('a connection that carries several', () => {
  test('is shared by as many as it carries, and closed when the last of them is done', async () => {
    const { connections, shown } = opened(3)
    const taken = []
    for (let count = 0; count < 4; count++) taken.push(wireOf(await connections.take(place('one'))))
    expect(taken.map((wire) => shown.findIndex((each) => each.wire === wire))).toEqual([0, 0, 0, 1])
    const [first] = shown
    if (first === undefined) throw new Error('one was opened')
    first.usable = false
    for (const wire of taken.slice(0, 2)) connections.give(place('one'), wire)
    expect(first.closed).toBe(false)
    connections.give(place('one'), first.wire)
    expect(first.closed).toBe(true)
  })

  test('is warmed for a race as one', async () => {
    const { connections, shown } = opened(20)
    await connections.warm(Array.from({ length: 15 }, () => place('one')))
    expect(shown).toHaveLength(1)
    const taken = await Promise.all(
      Array.from({ length: 15 }, async () => connections.take(place('one'))),
    )
    expect(new Set(taken).size).toBe(1)
  })
})

describe('connections opened ahead', () => {
  const places = (count: number) => Array.from({ length: count }, () => place('one'))

  test('are as many as are wanted beyond those that are free, and then nobody connects', async () => {
    const { connections, shown } = opened()
    connections.give(place('one'), wireOf(await connections.take(place('one'))))
    await connections.open(places(150))
    expect(shown).toHaveLength(150)
    for (const each of places(150)) wireOf(await connections.take(each))
    expect(shown).toHaveLength(150)
  })

  test('are each free for anybody as soon as they are open, and no more than may be open', async () => {
    const { connections, shown } = opened(1, 70)
    const opening = connections.open(places(500))
    await Promise.resolve()
    const taken = wireOf(await connections.take(place('one')))
    await opening
    expect(shown).toHaveLength(70)
    expect(shown.some(({ wire }) => wire === taken)).toBe(true)
  })

  test('that carry several are as few as that takes', async () => {
    const { connections, shown } = opened(20)
    await connections.open(places(50))
    expect(shown).toHaveLength(3)
  })

  test('to nobody are given up at the first refusal', async () => {
    const { connections, shown, refuse } = opened()
    refuse(new CupelError('ERR_TARGET_UNREACHABLE', 'no', { detail: 'ECONNREFUSED' }))
    await connections.open(places(50))
    refuse(new Error('broken'))
    await expect(connections.open(places(50))).rejects.toThrow('broken')
    expect(shown).toHaveLength(0)
  })
})

describe('when all that may be open are in use', () => {
  test('whoever comes waits for one to be given back, in turn', async () => {
    const { connections, shown } = opened(1, 2)
    const wires = [
      wireOf(await connections.take(place('one'))),
      wireOf(await connections.take(place('one'))),
    ]
    const order: string[] = []
    const waiting = ['first', 'second'].map(async (name) => {
      const wire = wireOf(await connections.take(place('one')))
      order.push(name)
      return wire
    })
    for (const wire of wires) connections.give(place('one'), wire)
    await Promise.all(waiting)
    expect([order, shown.length, connections.waited]).toEqual([['first', 'second'], 2, 2])
  })

  test('nobody waits for longer than a second, and is told so', async () => {
    const { connections, clock } = opened(1, 1)
    await connections.take(place('one'))
    const startUs = clock.nowUs()
    expect(await connections.take(place('one'))).toEqual({ nobody: 'no-free-connection' })
    expect(clock.nowUs() - startUs).toBeGreaterThanOrEqual(1_000_000)
    expect(clock.nowUs() - startUs).toBeLessThan(1_200_000)
  })

  test('at one node, others are reached all the same', async () => {
    const { connections } = opened(1, 1)
    await connections.take(place('one'))
    wireOf(await connections.take(place('two')))
  })

  test('an idle one of somebody else makes room', async () => {
    const { connections, shown } = opened(1, 1)
    connections.give(place('one', 'b'), wireOf(await connections.take(place('one', 'b'))))
    wireOf(await connections.take(place('one', 'a')))
    expect(shown.map(({ closed }) => closed)).toEqual([true, false])
  })

  test('closing tells everybody, and closes what was still being opened', async () => {
    const { connections, shown } = opened(1, 1)
    const opening = connections.take(place('one'))
    const waiting = connections.take(place('one'))
    await connections.close()
    expect([await opening, await waiting]).toEqual([{ nobody: 'stopped' }, { nobody: 'stopped' }])
    expect(shown.map(({ closed }) => closed)).toEqual([true])
  })
})
