import { expect, test } from 'vitest'
import { openChaosTally } from '../../../tools/chaos-tally.ts'
import { likeness } from '../../../tools/twin-pairs.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import type { Verdict } from '../../../harness/model/verdict.ts'

type Told = Pick<RunRecord, 'scenarios' | 'checks' | 'findings'>

function came(verdict: Verdict, ...ids: readonly string[]): Told {
  const facts = { name: 'replay-race', verdict, because: 'seen 3 of 20' }
  return {
    checks: [],
    scenarios: [{ ...facts, question: '?', guards: [], gates: [], facts: null, terms: null }],
    findings: ids.map((id) => ({
      id,
      severity: 'high',
      because: 'it was seen',
      obligation: 'declared',
      obliges: true,
      times: 1,
      witness: [],
      spec: [],
      cwe: null,
      controls: [],
    })),
  }
}

test('what conforms and violates under one seed is told; what is inconclusive is no contradiction', () => {
  const tally = openChaosTally()
  tally.see('1', came('conforms'))
  tally.see('1', came('inconclusive'))
  tally.see('2', came('violates', 'replay/accepted-concurrently'))
  expect(tally.contradictory()).toEqual([])
  tally.see('1', came('violates', 'replay/accepted-concurrently'))
  expect(tally.contradictory()).toEqual(['replay-race with seed 1'])
})

test('what was inconclusive is counted by its reason, whatever numbers stand in it', () => {
  const tally = openChaosTally()
  for (const seed of ['1', '2']) tally.see(seed, came('inconclusive'))
  tally.see('3', came('unsupported'))
  expect(tally.lines()).toEqual([
    '2 scenarios judged, 2 of them inconclusive, 0 accusations; 1 unsupported',
    '2 times replay-race: seen n of n',
  ])
})

test('twins are alike in what is certain, and nothing is held against one that saw too little', () => {
  const race = 'replay/accepted-concurrently'
  expect(likeness(null, came('conforms'), came('conforms')).kind).toBe('alike')
  expect(likeness(null, came('violates', race), came('conforms')).kind).toBe('unlike')
  expect(likeness(null, came('inconclusive'), came('violates', race)).kind).toBe('unknown')
  // A server that falls back to a memory of its own may be caught at that by chance.
  const fallsBack = 'partition-falls-back-to-local'
  expect(likeness(fallsBack, came('violates', race), came('conforms')).kind).toBe('alike')
})
