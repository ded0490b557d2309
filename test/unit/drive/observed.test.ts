/** The promise that everything else rests on. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Source } from '../../../harness/model/plan.ts'
import { again, answer, minted, observations, step, world } from './world.ts'

test('there is exactly one observation for each step, whatever the plan and whatever comes back', async () => {
  const outcomes = fc.constantFrom('ok', 'token', 'slow', 'throw', 'never')
  const draft = fc.record({
    outcome: outcomes,
    due: fc.nat(2_000_000),
    after: fc.option(fc.nat(20)),
    race: fc.option(fc.constantFrom('x', 'y'), { freq: 3 }),
    node: fc.constantFrom('node-1', 'node-2', null),
    part: fc.oneof(
      fc.constant(null),
      fc.record({ kind: fc.constantFrom('again', 'taken'), of: fc.nat(20), last: fc.boolean() }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(draft, { maxLength: 15 }), async (drafts) => {
      const steps = drafts.map(({ due, after, race, node, part }, index) => {
        const earlier = (at: number): string => `s${at % index}`
        const before = drafts[(after ?? 0) % Math.max(index, 1)]
        // Only a step outside races waits, and only for one outside races: then no plan goes in circles.
        const waits = after !== null && index > 0 && race === null && before?.race === null
        return step(`s${index}`, waits ? earlier(after) : due, {
          race,
          node,
          parts: {
            assertion:
              part === null || index === 0 ? minted(false) : sourceOf(part, earlier(part.of)),
          },
        })
      })
      const { clock, drive } = world({
        dead: ['node-2'],
        verify: async ({ step: name }) => {
          const { outcome } = drafts[Number(name.slice(1))] ?? { outcome: 'ok' }
          if (outcome === 'throw') throw new Error('no')
          if (outcome === 'never') return new Promise(() => {})
          if (outcome === 'slow') await clock.sleepUntil(clock.nowUs() + 900_000)
          return answer(200, outcome === 'token' ? `{"token":"${name}"}` : '{}')
        },
      })
      const seen = observations(await drive(steps)).map((each) => each.step)
      expect(seen.toSorted()).toEqual(steps.map(({ name }) => name).toSorted())
    }),
    { numRuns: 60 },
  )
})

function sourceOf({ kind, last }: { kind: string; last: boolean }, of: string): Source {
  return kind === 'again' ? again(of, { last }) : { kind: 'taken', step: of, what: 'access-token' }
}
