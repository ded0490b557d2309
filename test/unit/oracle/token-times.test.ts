/** How long a revoked token was good, in each place, and which tokens count for a guard. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import {
  BAD,
  COUNTED,
  DONE,
  eventsOf,
  GOOD,
  judgedRevoked,
  type Story,
  type Tried,
} from './a-revoked-token.ts'
import { LOST, reply } from './histories.ts'

const REFUSED = reply(401, { code: 'invalid_token' })

/** Its revocation was answered at 2.01 s. */
const LATE: readonly Tried[] = [['node-2', 4.011, GOOD]]

const found = (story: Story, bound?: number) =>
  judgedRevoked(eventsOf(story), bound).convictions.map(({ finding }) => finding)

describe('how long it was good', () => {
  const timesOf = (...stories: readonly Story[]) => {
    const events = stories.flatMap((story, index) => eventsOf({ ...story, index }))
    const [scenario] = judgedRevoked(events).scenarios
    const derived = scenario?.derived ?? []
    return { told: derived.map(({ node, low, high, of }) => [node, low, high, of]), scenario }
  }

  test('lies between its last acceptance and the first refusal after that, at each node', () => {
    const { told, scenario } = timesOf({
      after: [
        ['node-1', 2.02, BAD],
        ['node-2', 2.51, GOOD],
        ['node-2', 3.01, BAD],
      ],
    })
    expect(told).toEqual([
      ['node-1', 0, 0.03, 1],
      ['node-2', 0.5, 1.02, 1],
    ])
    expect(scenario?.because).toContain(
      'By introspection a revoked token was good still: node-1 for 0.1 s at most, node-2 for 0.5 to 1.0 s.',
    )
  })

  test('has no upper end where one was never refused, and is as long as that of the longest', () => {
    const short: Story = {
      after: [
        ['node-1', 3.01, GOOD],
        ['node-1', 3.51, BAD],
      ],
    }
    const long: Story = {
      after: [
        ['node-1', 2.02, BAD],
        ['node-1', 5.01, GOOD],
      ],
    }
    expect(timesOf(short).told).toEqual([['node-1', 1, 1.52, 1]])
    expect(timesOf(short, long).told).toEqual([['node-1', 3, null, 2]])
    expect(timesOf(long).scenario?.because).toContain('node-1 for 3.0 s at least.')
  })

  test('is another one at the resource, which is convicted apart', () => {
    const at = (second: number, answer: Answer): Tried => ['node-1', second, answer, 'resource']
    const story: Story = {
      before: [['node-1', 1.2, GOOD], at(1.4, DONE)],
      after: [['node-1', 2.11, BAD], at(5.01, DONE)],
    }
    const { told, scenario } = timesOf(story)
    expect(told).toEqual([
      ['node-1', 0, 0.12, 1],
      ['node-1', 3, null, 1],
    ])
    expect(scenario?.because).toMatch(
      /By introspection .* node-1 for 0[.]2 s at most[.] At the resource .* node-1 for 3[.]0 s at least[.]/,
    )
    expect(found(story, 2)).toEqual(['tokens/revoked-accepted'])
    expect(found({ ...story, after: [at(2.5, REFUSED), ['node-1', 3, GOOD]] })).toEqual([])
    expect(found({ ...story, after: [at(2.5, REFUSED), at(3, DONE)] })).toEqual([
      'tokens/revoked-accepted-again',
    ])
  })

  test('is not told of what nobody knows to have been revoked, or to have been good', () => {
    expect(timesOf({ revoked: LOST, after: LATE }).told).toEqual([])
    expect(timesOf({ before: [], after: LATE }).told).toEqual([])
    expect(timesOf({ after: [['node-2', 3, LOST]] }).told).toEqual([])
  })

  test('always holds the time that a right server takes, which is never convicted', () => {
    const times = fc.array(fc.integer({ min: 2_020, max: 9_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), times, (takesMs, at) => {
        // It judges in the middle of the hundredth of a second that an answer takes.
        const answer = (ms: number): Answer => (ms + 5 - 2_005 < takesMs ? GOOD : BAD)
        const after = at.map((ms): Tried => ['node-2', ms / 1000, answer(ms)])
        const judgement = judgedRevoked(eventsOf({ after }), (takesMs + 10) / 1000)
        expect(judgement.convictions).toEqual([])
        const [derived] = judgement.scenarios[0]?.derived ?? []
        expect(derived?.low).toBeLessThanOrEqual(takesMs / 1000)
        expect(derived?.high ?? Infinity).toBeGreaterThanOrEqual(takesMs / 1000)
      }),
    )
  })
})

describe('a guard that counts revocations', () => {
  const seen = (story: Story, bound?: number, guard = {}) =>
    judgedRevoked(eventsOf(story), bound, [{ ...COUNTED, ...guard }]).scenarios[0]?.guards[0]?.seen
  const both: readonly Tried[] = [
    ['node-1', 2.5, BAD],
    ['node-2', 2.5, GOOD],
  ]

  test('counts each token once for each node where it was good, and said to be good or not', () => {
    expect(seen({ after: both })).toBe(2)
    expect(seen({ after: [...both, ...both] })).toBe(2)
    expect(seen({ after: both }, undefined, { nodes: 'same' })).toBe(1)
    const [, ...other] = both
    expect(seen({ after: other }, undefined, { nodes: 'same' })).toBe(0)
    expect(seen({ after: other }, undefined, { nodes: 'other', stream: 'stream' })).toBe(1)
    expect(seen({ after: both }, undefined, { stream: 'another' })).toBe(0)
  })

  test('wants it tried after the time that the target has for it', () => {
    expect(seen({ after: both }, 0.48)).toBe(2)
    expect(seen({ after: both }, 0.5)).toBe(0)
  })

  test('counts none that was never good, never revoked or never answered for', () => {
    expect(seen({ before: [], after: both })).toBe(0)
    expect(seen({ revoked: LOST, after: both })).toBe(0)
    expect(seen({ after: [['node-1', 2.5, LOST]] })).toBe(0)
    expect(seen({ after: both, revoked: DONE })).toBe(2)
  })
})
