/** What the facts of a scenario come to, and the words for it: each reason by itself and all of them together. */
import { describe, expect, test } from 'vitest'
import type { GuardResult, ScenarioFacts } from '../../../harness/model/verdict.ts'
import { openScenarios } from '../../../harness/oracle/scenarios/scenarios.ts'
import { openEffort } from '../../../harness/oracle/scenarios/effort.ts'
import { openKeyTimes } from '../../../harness/oracle/scenarios/key-times.ts'
import { openTokenLives } from '../../../harness/oracle/scenarios/token-lives.ts'
import { openPlaces } from '../../../harness/oracle/scenarios/places.ts'
import { saidIn, scenarioVerdict } from '../../../harness/oracle/scenarios/scenario-verdict.ts'
import type { DoubleAccept, Group } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { openFaults } from '../../../harness/oracle/time/phases.ts'
import { exhibit } from './exhibits.ts'
import { judgingOf } from './small-scenario.ts'

const RIGHT: ScenarioFacts = {
  judged: 10,
  undecided: 0,
  unclocked: 0,
  intolerable: [],
  ended: true,
  violated: false,
}
const TERMS = { means: { conforms: 'It is.', violates: 'It is not.' }, maxUndecided: 0.1 }
const MET: GuardResult = { name: 'pairs', needed: 2, seen: 2 }

const ENDED: ReadonlyMap<string, null> = new Map([['s', null]])

const verdict = (
  more: Partial<ScenarioFacts> = {},
  guards: readonly GuardResult[] = [MET],
  complete = true,
) => {
  const found = scenarioVerdict({ ...RIGHT, ...more }, guards, TERMS, complete)
  return [found.verdict, found.because]
}

describe('a scenario', () => {
  test('conforms where nothing is missing, and violates whatever is', () => {
    expect(verdict()).toEqual(['conforms', 'It is.'])
    const missing = { violated: true, ended: false, judged: 0, intolerable: ['late'] }
    expect(verdict(missing, [], false)).toEqual(['violates', 'It is not.'])
  })

  test('conforms by what it does, where nothing promises that an assertion is good for one use', () => {
    expect(verdict({ unpromised: 3 })).toEqual([
      'conforms',
      'Nothing promises that an assertion is good for one use only. Second acceptances: 3.',
    ])
  })

  test.each<[string, Parameters<typeof verdict>]>([
    ['it did not run to its end', [{ ended: false }]],
    // Whether it ended nobody can know then.
    ['the history has no footer', [{ ended: false }, [MET], false]],
    ['nothing was judged', [{ judged: 0 }]],
    [
      '2 second acceptances cannot be held against it, for no clock of the target was measured (clock: in the target file)',
      [{ unclocked: 2 }],
    ],
    ['requests were late', [{ intolerable: ['requests were late'] }]],
    ['pairs: 1 of 2', [{}, [{ ...MET, seen: 1 }]]],
    ['2 of 10 stayed undecided, more than 10 %', [{ undecided: 2 }]],
    [
      'it did not run to its end; a; b; pairs: 0 of 2',
      [{ ended: false, intolerable: ['a', 'b'] }, [{ ...MET, seen: 0 }, MET]],
    ],
  ])('is inconclusive since %s', (because, given) => {
    expect(verdict(...given)).toEqual(['inconclusive', because])
  })

  test('may leave as much undecided as it states, and no more', () => {
    expect(verdict({ undecided: 1 })[0]).toBe('conforms')
    expect(verdict({ judged: 19, undecided: 2 })[0]).toBe('inconclusive')
  })
})

test('an experiment that has something to say is quoted', () => {
  expect(saidIn({ says: 'right up to 50/s' })).toBe(' It was right up to 50/s.')
  for (const nothing of [null, 'text', 7, {}, { says: 7 }, []]) expect(saidIn(nothing)).toBe('')
})

describe('the second acceptances of a scenario', () => {
  const unclocked = { lowUs: -Infinity, highUs: Infinity }
  const double = (more: Partial<DoubleAccept<Exhibit>> = {}, offset = unclocked) =>
    ({
      first: exhibit(1),
      second: exhibit(2, { offset }),
      needsUs: Infinity,
      straddles: [],
      ...more,
    }) as unknown as DoubleAccept<Exhibit>
  const group = (doubles: readonly DoubleAccept<Exhibit>[], more: Partial<Group<Exhibit>> = {}) =>
    ({
      key: 'key',
      uses: [exhibit(1), exhibit(2)],
      accepted: [exhibit(1)],
      doubles,
      sameToken: [],
      undecided: [],
      phantom: null,
      ...more,
    }) as unknown as Group<Exhibit>
  const judging = judgingOf({ guards: [] })

  const concluded = (
    settled: readonly (Group<Exhibit> | null)[],
    { singleUse = true, ended = ENDED }: { singleUse?: boolean; ended?: typeof ENDED | null } = {},
  ) => {
    const scenarios = openScenarios(judging)
    const [place] = openPlaces(judging).all
    if (place === undefined) throw new RangeError('there is one')
    for (const each of settled)
      scenarios.see({ sightings: each?.uses ?? [exhibit(1)], group: each, place }, place, singleUse)
    const effort = openEffort()
    const [result] = scenarios.conclude({
      faults: openFaults([]),
      violated: new Set(),
      effort,
      keyTimes: openKeyTimes(),
      lives: openTokenLives(judging.scenarios),
      ended,
    })
    return result
  }

  test('are told apart where a clock that nobody measured may have excused them', () => {
    const measured = { lowUs: 0, highUs: 0 }
    expect(concluded([group([double(), double()]), group([double()])])?.unclocked).toBe(3)
    expect(concluded([group([double({}, measured)])])?.unclocked).toBe(0)
    expect(concluded([group([double({ needsUs: 7 })])])?.unclocked).toBe(0)
    expect(concluded([group([double({ straddles: ['link.cut'] })])])?.unclocked).toBe(0)
    expect(concluded([null])?.unclocked).toBe(0)
  })

  test('are counted where nothing forbids them, and are no evidence of anything where one token came twice', () => {
    const open = { singleUse: false }
    expect(concluded([group([double(), double()])], open)).toMatchObject({
      unpromised: 2,
      unclocked: 0,
    })
    expect(concluded([group([])], open)).not.toHaveProperty('unpromised')
    expect(concluded([null], open)).not.toHaveProperty('unpromised')
    const same = { sameToken: [[exhibit(1), exhibit(2)]] } as unknown as Partial<Group<Exhibit>>
    expect(concluded([group([double()], same)], open)).not.toHaveProperty('unpromised')
  })

  test('say nothing of a scenario that did not run to its end', () => {
    expect(concluded([])).toMatchObject({ ended: true, because: 'nothing was judged' })
    expect(concluded([], { ended: new Map() })?.because).toBe(
      'it did not run to its end; nothing was judged',
    )
    expect(concluded([], { ended: null })).toMatchObject({
      ended: false,
      because: 'the history has no footer; nothing was judged',
    })
  })

  test('of a refusal that a lock-out may explain leave one more undecided, of its own use alone', () => {
    const scenarios = openScenarios(judging)
    const [place = null] = openPlaces(judging).all
    const settlement = { sightings: [exhibit(1)], group: null, place }
    scenarios.doubt(settlement, exhibit(1))
    scenarios.doubt(settlement, exhibit(1, { usage: 'dpop-proof' }))
    scenarios.doubt({ ...settlement, place: null }, exhibit(1))
    expect(scenarios.sum('s')).toEqual({ judged: 0, undecided: 1 })
  })
})
