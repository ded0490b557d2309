import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { explainable } from './brute-force.ts'
import { FORGED, groupOf, use, type ToldGroup } from './uses.ts'

const KINDS: readonly (readonly [Use['outcome'], Partial<Use>])[] = [
  ['accepted', {}],
  ['accepted', {}],
  ['accepted', { deserved: 'either', cause: 'time' }],
  ['accepted', { deserved: 'reject', cause: 'audience' }],
  ['accepted', FORGED],
  ['rejected', {}],
  ['rejected', {}],
  ['rejected', {}],
  ['rejected', { deserved: 'either', cause: 'time' }],
  ['rejected', { deserved: 'reject', cause: 'time' }],
  ['rejected', { deserved: 'reject', cause: 'algorithm' }],
  ['rejected', FORGED],
  ['failed', {}],
  ['failed', FORGED],
  ['unanswered', {}],
  ['unanswered', FORGED],
  ['elsewhere', {}],
  ['challenged', {}],
  ['unsent', {}],
]

/** Up to six uses whose stamps are all distinct: the order of twelve stamps is drawn, two for each use. */
const groups = fc
  .array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 })
  .chain((kinds) => {
    const stamps = [...kinds.keys(), ...kinds.keys()]
    return fc.shuffledSubarray(stamps, { minLength: stamps.length }).map((order) =>
      kinds.map(([outcome, more], index) => {
        const begun = order.indexOf(index)
        const answered = outcome === 'unanswered' ? null : order.lastIndexOf(index)
        return use(`use-${index}`, [begun, answered], outcome, more)
      }),
    )
  })

function convicted({ doubles, phantom }: ToldGroup): boolean {
  return doubles.some(({ frame }) => frame === 'code') || phantom !== null
}

describe('a second opinion', () => {
  test('convicts exactly the groups that no placement explains', () => {
    fc.assert(
      fc.property(groups, (uses) => convicted(groupOf(uses)) === !explainable(uses)),
      { seed: 7523, numRuns: 6000 },
    )
  })

  test('names acceptances too many without which the rest is explained, and with any one of which it is not', () => {
    fc.assert(
      fc.property(groups, (uses) => {
        const group = groupOf(uses)
        fc.pre(group.phantom === null)
        const tooMany = group.doubles.map(({ second }) => second.step)
        const without = (steps: readonly string[]) =>
          uses.filter(({ step }) => !steps.includes(step))
        expect(explainable(without(tooMany))).toBe(true)
        for (const one of tooMany) {
          expect(explainable(without(tooMany.filter((step) => step !== one)))).toBe(false)
        }
      }),
      { seed: 7523, numRuns: 2000 },
    )
  })

  test('sees both verdicts often enough to mean anything', () => {
    const drawn = fc.sample(groups, { seed: 7523, numRuns: 1000 }).map((uses) => explainable(uses))
    expect(drawn.filter(Boolean).length).toBeGreaterThan(200)
    expect(drawn.filter((each) => !each).length).toBeGreaterThan(200)
  })
})
