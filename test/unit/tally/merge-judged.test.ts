/**
 * Goal: judging a history in pieces and merging gives what judging it whole gives. Method: replays two seconds apart, so
 * that no two share a second of a node, with answers drawn at random; the judge that ships; each replay key in one piece.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Observation } from '../../../harness/model/history.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import { honesty } from '../../../harness/tally/honesty.ts'
import { merged } from '../../../harness/tally/merge.ts'
import { assemble } from '../../../harness/tally/record.ts'
import { BUSY, copies, granted, judged, LOST, REFUSED, whole } from '../oracle/histories.ts'
import { judgingOf, PAIRS } from '../oracle/small-scenario.ts'
import { aHeader } from './events.ts'

const ANSWERS = { granted: null, refused: REFUSED, busy: BUSY, lost: LOST }

const JUDGING = judgingOf({
  guards: [{ ...PAIRS, needed: 3 }],
  gates: [{ metric: 'far', attack: 'replay', phase: null, frame: 'world', below: 0.5 }],
  maxUndecided: 0.2,
})

type Drawn = readonly (keyof typeof ANSWERS)[]

/** One assertion, presented once for each answer. */
function group(index: number, answers: Drawn): readonly Observation[] {
  const sent = answers.map((name, copy) => ({
    at: 1 + index * 2 + copy * 0.1,
    answer: ANSWERS[name] ?? granted(),
  }))
  return copies(index, sent)
}

function recordOf(
  groups: readonly (readonly Observation[])[],
  shard: { readonly index: number; readonly of: number } | null,
): RunRecord {
  const generator = honesty()
  for (const observation of groups.flat()) generator.see(observation)
  return assemble({
    judgements: [judged(JUDGING, whole(groups.flat()))],
    header: { ...aHeader(), runId: `run-${shard?.index ?? 'whole'}` },
    judging: { ...JUDGING, plan: { digest: 'd', repeat: 1, shard } },
    endedUs: 9,
    isoTime: String,
    digest: String,
    versions: { cupel: '1.2.3', node: 'v24' },
    latency: [],
    generator: generator.conclude(),
    faults: [],
    interrupted: null,
    notes: [],
  })
}

function byName<Each>(rates: readonly Each[]): readonly Each[] {
  return rates.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

test('a history judged in pieces, split by replay key, comes to what it comes to whole', () => {
  // The first use is answered for certain, so that the party is seen to work in every piece.
  const answers = fc
    .array(fc.constantFrom<keyof typeof ANSWERS>('granted', 'refused', 'busy', 'lost'), {
      maxLength: 2,
    })
    .map((more): Drawn => ['granted', ...more])
  fc.assert(
    fc.property(
      fc.array(answers, { minLength: 3, maxLength: 15 }),
      fc.integer({ min: 2, max: 3 }),
      (all, of) => {
        const groups = all.map((each, index) => group(index, each))
        const parts = Array.from({ length: of }, (_, piece) => ({
          name: `part-${piece}`,
          record: recordOf(
            groups.filter((_group, index) => index % of === piece),
            { index: piece + 1, of },
          ),
        }))
        const [one, both] = [recordOf(groups, null), merged(parts)]
        expect(byName(both.rates)).toEqual(byName(one.rates))
        expect(both.scenarios).toEqual(one.scenarios)
        expect(both).toMatchObject({ verdict: one.verdict, exitCode: one.exitCode })
        expect(both.findings.map(({ id, times }) => [id, times])).toEqual(
          one.findings.map(({ id, times }) => [id, times]),
        )
      },
    ),
    { numRuns: 50 },
  )
})
