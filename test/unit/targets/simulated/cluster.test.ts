/** Goal: what happens to a simulated system happens to its answers, and to nothing else. */
import { describe, expect, test } from 'vitest'
import { seeded } from '../../../../harness/random.ts'
import type { Said } from '../../../../targets/reference/asking.ts'
import { find, insert } from '../../../../targets/reference/asking.ts'
import { FAULTLESS } from '../../../../targets/reference/behaviour.ts'
import { boundedMemory } from '../../../../targets/flawed/bounded-memory.ts'
import { replayMemory } from '../../../../targets/reference/memory.ts'
import {
  linkTo,
  openCluster,
  type Cluster,
  type ClusterOptions,
} from '../../../../targets/simulated/cluster.ts'
import { operationOf, placeOf } from '../../../../targets/simulated/operations.ts'
import { eventQueue } from '../../../../targets/simulated/queue.ts'

const MS = 1_000
const LATER_MS = 1_000_000

/** Two nodes and a store, a millisecond from everything. */
function opened(more: Partial<ClusterOptions> = {}) {
  const queue = eventQueue(0)
  const link = { delay: { least: MS, most: MS } }
  const cluster = openCluster(queue, {
    nodes: ['node-1', 'node-2'],
    random: seeded('cluster'),
    links: { client: link, store: link },
    audiences: () => [],
    behaviour: () => FAULTLESS,
    storeClient: { retry: 'same-request', endsBy: 'time' },
    store: { memory: replayMemory, beforeAbsent: null },
    ...more,
  })
  const seen: string[] = []
  /** Asks a node to insert a key, or to find it, and notes what comes of it and when. */
  const ask = (
    atMs: number,
    node: string,
    key: string,
    act: 'insert' | 'find' = 'insert',
  ): void => {
    queue.at(atMs * MS, () =>
      cluster.links.get(linkTo(node))?.ask<Said>({
        draws: null,
        deliver: (reply) =>
          cluster.nodes
            .get(node)
            ?.serve(() => (act === 'insert' ? insert(key, LATER_MS) : find(key)), reply, null),
        done: (said) => seen.push(`${said} at ${queue.nowUs() / MS}`),
        fail: (failure) => seen.push(`${failure} at ${queue.nowUs() / MS}`),
      }),
    )
  }
  const happens = (atMs: number, act: (cluster: Cluster) => void): void =>
    void queue.at(atMs * MS, () => act(cluster))
  const outcome = (): readonly string[] => {
    while (queue.step());
    return seen
  }
  return { ask, happens, outcome, queue, cluster }
}

describe('a simulated system', () => {
  test('has one memory for all of its nodes', () => {
    const { ask, outcome } = opened()
    ask(0, 'node-1', 'a')
    ask(10, 'node-2', 'a')
    expect(outcome()).toEqual(['inserted at 4', 'present at 14'])
  })

  test('takes one of two copies that meet, the one that came first to the store', () => {
    const { ask, outcome } = opened()
    ask(0, 'node-1', 'a')
    ask(0, 'node-2', 'a')
    expect(outcome()).toEqual(['inserted at 4', 'present at 4'])
  })
})

describe('a node', () => {
  test('that is killed loses its connections and what it was about to do, and answers again when started', () => {
    const { ask, happens, outcome } = opened()
    ask(0, 'node-1', 'a')
    happens(2.5, ({ nodes }) => nodes.get('node-1')?.kill())
    ask(5, 'node-1', 'b')
    happens(10, ({ nodes }) => nodes.get('node-1')?.start())
    ask(11, 'node-1', 'a')
    // The store had taken what the node died over.
    expect(outcome()).toEqual(['reset at 4', 'reset at 7', 'present at 15'])
  })

  test('starts with nothing of what it knew before', () => {
    const memories: string[] = []
    const { happens, outcome } = opened({
      behaviour: () => (memories.push('fresh'), FAULTLESS),
    })
    happens(0, ({ nodes }) => nodes.get('node-1')?.kill())
    happens(1, ({ nodes }) => nodes.get('node-1')?.start())
    outcome()
    expect(memories).toHaveLength(3)
  })

  test('that is paused answers nothing meanwhile and everything afterwards', () => {
    const { ask, happens, outcome } = opened()
    ask(0, 'node-1', 'a')
    happens(0.5, ({ nodes }) => nodes.get('node-1')?.pause())
    ask(1, 'node-2', 'a')
    happens(700, ({ nodes }) => nodes.get('node-1')?.resume())
    expect(outcome()).toEqual(['silent at 1', 'inserted at 5', 'present at 703'])
  })
})

describe('a store', () => {
  test('that does not answer is given up after half a second, and takes late what it was asked', () => {
    const { ask, happens, outcome } = opened()
    happens(0, ({ store }) => store.pause())
    ask(1, 'node-1', 'a')
    happens(900, ({ store }) => store.resume())
    ask(1_000, 'node-2', 'a')
    expect(outcome()).toEqual(['unavailable at 503', 'present at 1004'])
  })

  test.each(['nothing-new', 'no-change'] as const)(
    'that takes %s can be asked, and has nothing of what it refused',
    (takes) => {
      const { ask, happens, outcome } = opened()
      ask(0, 'node-1', 'a')
      happens(5, ({ store }) => store.limit(takes))
      ask(10, 'node-1', 'b')
      ask(20, 'node-1', 'a', 'find')
      happens(30, ({ store }) => store.limit('everything'))
      ask(40, 'node-2', 'b')
      expect(outcome()).toEqual([
        'inserted at 4',
        'unavailable at 14',
        'present at 24',
        'inserted at 44',
      ])
    },
  )

  test('that fails over has what was put in before its replica lagged, and nothing since', () => {
    const { ask, happens, outcome } = opened()
    ask(0, 'node-1', 'old')
    ask(1_000, 'node-1', 'late')
    happens(1_500, ({ store }) => store.failOver(0.6))
    ask(2_000, 'node-2', 'old')
    ask(2_010, 'node-2', 'late')
    expect(outcome().slice(2)).toEqual(['present at 2004', 'inserted at 2014'])
  })

  test('that fails over knows what came lately among more than it lists', () => {
    const { ask, happens, outcome } = opened()
    for (let at = 0; at < 1_500; at++) ask(at, 'node-1', `key-${at}`)
    happens(1_600, ({ store }) => store.failOver(0.6))
    ask(2_000, 'node-2', 'key-990')
    ask(2_010, 'node-2', 'key-1010')
    expect(outcome().slice(1_500)).toEqual(['present at 2004', 'inserted at 2014'])
  })

  test('that refuses connections is asked twice and given up at once', () => {
    const { ask, happens, outcome } = opened()
    happens(0, ({ store }) => store.stop())
    ask(1, 'node-1', 'a')
    happens(90, ({ store }) => store.start())
    ask(100, 'node-1', 'a')
    expect(outcome()).toEqual(['unavailable at 7', 'inserted at 104'])
  })

  test('that is flushed has forgotten', () => {
    const { ask, happens, outcome } = opened()
    ask(0, 'node-1', 'a')
    happens(10, ({ store }) => store.flush())
    ask(20, 'node-1', 'a')
    expect(outcome()).toEqual(['inserted at 4', 'inserted at 24'])
  })

  test.each([
    [100, 'absent'],
    [1, 'present'],
  ])('that is filled with %i foreign keys finds ours %s', (keys, said) => {
    const store = { memory: () => boundedMemory(50), beforeAbsent: null }
    const { ask, happens, outcome } = opened({ store })
    ask(0, 'node-1', 'a')
    happens(10, (cluster) => cluster.store.fill(keys))
    ask(20, 'node-1', 'a', 'find')
    expect(outcome()).toEqual(['inserted at 4', `${said} at 24`])
  })

  test('ends what it holds by its own clock, or so long after the insert as the node worked out', () => {
    for (const [endsBy, said] of [
      ['time', 'inserted'],
      ['lifetime', 'present'],
    ] as const) {
      const { ask, happens, outcome } = opened({ storeClient: { retry: 'same-request', endsBy } })
      happens(0, ({ store }) => store.clock.setOffset(999_500 * MS))
      ask(1, 'node-1', 'a')
      ask(1_000, 'node-1', 'a')
      expect(outcome()).toEqual(['inserted at 5', `${said} at 1004`])
    }
  })
})

describe('a store client that lost its answer', () => {
  /** The link is cut when the store has answered and is mended at once. */
  const asked = (retry: 'same-request' | 'another'): readonly string[] => {
    const { ask, happens, outcome } = opened({ storeClient: { retry, endsBy: 'time' } })
    ask(0, 'node-1', 'a')
    happens(2.5, ({ links }) => links.get('node-1>store')?.cut())
    happens(2.6, ({ links }) => links.get('node-1>store')?.mend())
    return outcome()
  }

  test('asks again with the same request, and gets the answer that was lost', () => {
    expect(asked('same-request')).toEqual(['inserted at 6'])
  })

  test('or with another, and meets the key that it put there itself', () => {
    expect(asked('another')).toEqual(['present at 6'])
  })
})

describe('a clock', () => {
  test('drifts from where it is, and stays where it was when the drift ends', () => {
    const { cluster, happens, outcome } = opened()
    const clock = cluster.clocks.get('node-1')
    const offsets: (number | undefined)[] = []
    const look = (): void => void offsets.push(clock?.offsetUs())
    happens(0, () => (clock?.setOffset(500), clock?.setDrift(100)))
    happens(1_000, look)
    happens(2_000, () => (clock?.setDrift(0), look()))
    happens(3_000, () => (look(), clock?.setOffset(-7), look()))
    outcome()
    expect(offsets).toEqual([600, 700, 700, -7])
  })
})

describe('the operations', () => {
  test('break and mend by the name of a fault', () => {
    const { ask, happens, outcome } = opened()
    const window = { fault: 'link.cut', on: 'node-1>store', startSeconds: 0, endSeconds: 1 }
    happens(0, (cluster) => operationOf(window).inflict(cluster, placeOf(window)))
    ask(1, 'node-1', 'a')
    ask(1, 'node-2', 'a')
    happens(50, (cluster) => operationOf(window).mend(cluster, placeOf(window)))
    ask(60, 'node-1', 'a')
    expect(outcome()).toEqual(['unavailable at 5', 'inserted at 5', 'present at 64'])
  })

  test('are those of a simulation', () => {
    expect(() => operationOf({ fault: 'load.pressure' })).toThrow(RangeError)
    const nowhere = { fault: 'link.cut', on: 'nowhere', startSeconds: 0, endSeconds: 1 }
    const { cluster } = opened()
    expect(() => operationOf(nowhere).inflict(cluster, placeOf(nowhere))).toThrow('nowhere')
  })
})
