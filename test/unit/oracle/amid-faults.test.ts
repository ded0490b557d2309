/** What is told apart of servers that do wrong while they cannot ask their store, and what nobody is blamed for then. */
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import {
  BUSY,
  copies,
  fault,
  granted,
  judged,
  LOST,
  REFUSED,
  SECOND_US,
  START_US,
  streamOf,
  targetWith,
  whole,
} from './histories.ts'
import { at, BEGIN, CUT, END, findings } from './node-without-store.ts'
import { judgingOf } from './small-scenario.ts'

describe('a used assertion that gets in', () => {
  const amid = { findingAmidFault: 'replay/fails-open' }

  test('twice at the node that cannot ask has that name, where the stream gives it', () => {
    const [one, two] = copies(0, [at(3, 'node-2'), at(3.5, 'node-2')])
    const events = [...BEGIN, one, two, ...END].filter((each) => each !== undefined)
    expect(findings(events, amid)).toEqual(['replay/fails-open'])
    expect(findings(events)).toEqual(['replay/accepted-during-fault'])
  })

  test('at the other side of the cut has another', () => {
    const [one, two] = copies(0, [at(1, 'node-1'), at(3, 'node-2')])
    const events = [one, ...BEGIN, two, ...END].filter((each) => each !== undefined)
    expect(findings(events, amid)).toEqual(['replay/accepted-during-fault'])
  })

  test('elsewhere when the cut is over, that the cut-off node had taken, has a third', () => {
    const [one, two] = copies(0, [at(3, 'node-2'), at(8, 'node-1')])
    const events = [...BEGIN, one, ...END, two].filter((each) => each !== undefined)
    expect(findings(events, amid)).toEqual(['replay/accepted-after-fault'])
  })

  test('in all three ways is one that fails open, and the others follow', () => {
    const [a, b] = copies(0, [at(1, 'node-1'), at(3, 'node-2')])
    const [c, d] = copies(1, [at(3.5, 'node-2'), at(4, 'node-2')])
    const [e, f] = copies(2, [at(4.5, 'node-2'), at(8, 'node-1')])
    const events = [a, ...BEGIN, b, c, d, e, ...END, f].filter((each) => each !== undefined)
    expect(findings(events, amid)).toEqual(['replay/fails-open'])
  })

  test('in quiet, at one node, is a memory that is not there, whatever the stream says of faults', () => {
    const [one, two] = copies(0, [at(7, 'node-2'), at(8, 'node-2')])
    const events = [...BEGIN, ...END, one, two].filter((each) => each !== undefined)
    expect(findings(events, amid)).toEqual(['replay/accepted-sequentially'])
  })
})

describe('a key that a client publishes', () => {
  const keyFault = (
    name: string,
    stage: 'inflicting' | 'confirmed' | 'mending' | 'mended',
    { seconds, on }: { seconds: number; on: string },
  ): HistoryEvent => {
    const event = fault(stage, seconds)
    return event.kind === 'fault' ? { ...event, fault: name, on } : event
  }
  /** @param name The fault, and where it is if not at the keys of the honest party. */
  const during = (
    [name, on = 'honest']: readonly [fault: string, on?: string],
    from: number,
    to: number,
    events: readonly HistoryEvent[],
  ) => [
    ...copies(from, [at(1, 'node-1')]),
    keyFault(name, 'inflicting', { seconds: from, on }),
    keyFault(name, 'confirmed', { seconds: from + 0.1, on }),
    ...events,
    keyFault(name, 'mending', { seconds: to, on }),
    keyFault(name, 'mended', { seconds: to + 0.1, on }),
  ]
  const target = {
    ...targetWith({ replay: 'single-use' }),
    declares: {
      ...targetWith({ replay: 'single-use' }).declares,
      propagationSeconds: { newKey: 3, removedKey: 4 },
    },
  }
  const told = (events: readonly HistoryEvent[], stream: Partial<Stream>, promised = true) => {
    const faults = events.flatMap((event) =>
      event.kind === 'fault' && event.stage === 'inflicting'
        ? [{ fault: event.fault, on: event.on, startSeconds: 0, endSeconds: 1 }]
        : [],
    )
    const judging = judgingOf(
      { streams: [streamOf({ copies: 1, ...stream })], faults, guards: [] },
      promised ? { target } : {},
    )
    return judged(judging, whole(events)).convictions.map(({ finding }) => finding)
  }
  const single = (index: number, seconds: number, answer: Answer) =>
    copies(index, [at(seconds, 'node-1', answer)])

  test('is owed acceptance from the promised time on, and not before', () => {
    const added: Partial<Stream> = { keyState: { is: 'added', by: 'keys.add' } }
    const refused = (seconds: number) =>
      told(
        during(['keys.add'], 2, 20, [...single(1, seconds, REFUSED), ...single(2, 12, granted())]),
        added,
      )
    expect(refused(4.9)).toEqual([])
    expect(refused(6)).toEqual(['keys/new-key-refused'])
  })

  test('is owed nothing while a target that asks for it again gets none, and shortly afterwards', () => {
    const added: Partial<Stream> = { keyState: { is: 'added', by: 'keys.add' } }
    const refusedAt = (seconds: number, trouble: string, on = 'honest') =>
      told(
        [
          ...during(['keys.add'], 2, 30, [
            ...during([trouble, on], 8, 12, []),
            ...single(1, seconds, REFUSED),
            ...single(2, seconds + 1, granted()),
          ]),
        ],
        added,
      )
    expect(refusedAt(10, 'keys.outage')).toEqual([])
    expect(refusedAt(14, 'keys.outage')).toEqual([])
    expect(refusedAt(16, 'keys.outage')).toEqual(['keys/new-key-refused'])
    expect(refusedAt(10, 'keys.swap')).toEqual([])
    expect(refusedAt(10, 'keys.outage', 'spare')).toEqual(['keys/new-key-refused'])
  })

  test('is not the new or the removed one of another party', () => {
    const accused = (is: 'added' | 'removed', on: string, answer: Answer) =>
      told(
        during(['keys.rotate', on], 2, 30, [...single(1, 9, answer), ...single(2, 10, granted())]),
        { keyState: { is, by: 'keys.rotate' } },
      )
    const REMOVED = 'keys/removed-key-accepted'
    expect(accused('removed', 'honest', granted())).toEqual([REMOVED, REMOVED])
    expect(accused('removed', 'spare', granted())).toEqual([])
    expect(accused('removed', 'directory', granted())).toEqual([REMOVED, REMOVED])
    expect(accused('added', 'honest', REFUSED)).toEqual(['keys/new-key-refused'])
    expect(accused('added', 'spare', REFUSED)).toEqual([])
  })

  test('may be taken beyond the promised time while nobody can see that it was removed', () => {
    const removed: Partial<Stream> = { keyState: { is: 'removed', by: 'keys.rotate' } }
    const taken = (trouble: string) =>
      told(
        during(['keys.rotate'], 2, 30, during([trouble], 3, 20, single(1, 9, granted()))),
        removed,
      )
    expect(taken('keys.outage')).toEqual([])
    expect(taken('keys.add')).toEqual(['keys/removed-key-accepted'])
  })

  test('must not be taken beyond the promised time once it is removed, nor is that asked of who promised nothing', () => {
    const removed: Partial<Stream> = { keyState: { is: 'removed', by: 'keys.rotate' } }
    const taken = (seconds: number, promised = true) =>
      told(during(['keys.rotate'], 2, 20, single(1, seconds, granted())), removed, promised)
    expect(taken(6)).toEqual([])
    expect(taken(6.2)).toEqual(['keys/removed-key-accepted'])
    expect(taken(15, false)).toEqual([])
  })

  test('may be refused shortly after it came back, and no longer', () => {
    const refused = (seconds: number) =>
      told(
        [
          ...during(['keys.rotate'], 2, 4, []),
          ...single(1, 4.5, granted()),
          ...single(2, seconds, REFUSED),
          ...single(3, seconds + 1, granted()),
        ],
        { attack: null },
      )
    expect(refused(7)).toEqual([])
    expect(refused(7.3)).toEqual(['refusal/valid-refused'])
  })

  test('that cannot be had may cost its owner, and nobody is blamed', () => {
    const events = [
      ...during(['keys.outage'], 2, 4, [...single(1, 3, REFUSED)]),
      ...single(2, 5, REFUSED),
      ...single(3, 6, granted()),
    ]
    expect(told(events, { attack: null })).toEqual([])
  })
})

interface Amid {
  readonly faults?: typeof CUT
  readonly path?: 'direct' | 'unknown'
}

describe('tokens that the target counts', () => {
  const race = { copies: 3, release: 'together' } as const
  const counted = (value: number): HistoryEvent => ({
    kind: 'measured',
    name: 'tokens-issued',
    scenario: 's',
    node: null,
    value,
    atUs: START_US + 20 * SECOND_US,
  })
  const told = (
    issued: number,
    answers: readonly Answer[],
    { faults = CUT.slice(1), path = 'direct' }: Amid = {},
  ) => {
    const events = copies(
      0,
      answers.map((answer) => at(1, 'node-1', answer)),
    )
    const target = targetWith({ replay: 'single-use', path })
    const judging = judgingOf({ streams: [streamOf(race)], faults, guards: [] }, { target })
    const judgement = judged(judging, whole([...events, counted(issued)]))
    const found = judgement.convictions.map(({ finding }) => finding)
    return [
      found.includes('replay/loser-token-lives'),
      judgement.scenarios[0]?.verdict === 'violates',
    ]
  }

  test('more than can have reached anybody were given to those who were refused', () => {
    expect(told(3, [granted(), REFUSED, REFUSED])).toEqual([true, true])
    expect(told(1, [granted(), REFUSED, REFUSED])).toEqual([false, false])
  })

  test('may have been in answers that were lost', () => {
    expect(told(3, [granted(), LOST, BUSY])).toEqual([false, false])
  })

  test('count for nothing beside load that nobody watches', () => {
    const faults = [{ fault: 'load.pressure', on: 'node-1', startSeconds: 0, endSeconds: 9 }]
    expect(told(3, [granted(), REFUSED, REFUSED], { faults })).toEqual([false, false])
  })

  test('count for nothing where something between may have asked again and told nobody', () => {
    expect(told(3, [granted(), REFUSED, REFUSED], { path: 'unknown' })).toEqual([false, false])
  })
})
