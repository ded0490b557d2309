/** What a property found a server to fail over: each time that it was asked, between right requests, and never a right one. */
import { describe, expect, test } from 'vitest'
import { openCrashes } from '../../../harness/oracle/charges/crashes.ts'
import type { Place } from '../../../harness/oracle/scenarios/places.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { exhibit, VALID } from './exhibits.ts'
import { judgingOf } from './small-scenario.ts'
import { RUN_ID, START_US } from './histories.ts'

const TELLING = { startedUs: START_US, runId: RUN_ID }
const OPEN = { ...VALID, deserves: 'either' } as const
const [SCENARIO] = judgingOf().scenarios

function placeOf(): Place | null {
  const stream = SCENARIO?.streams[0]
  if (SCENARIO === undefined || stream === undefined) return null
  return { scenario: SCENARIO, stream, index: 0, slot: { latest: null } }
}

/** What one round asks: its control, so many cases, its control. */
function round(
  number: number,
  how: { readonly crashes?: readonly boolean[]; readonly more?: Partial<Exhibit> } = {},
): readonly Exhibit[] {
  const { crashes = [true, true, true, true, true], more = {} } = how
  const control = (which: string): Exhibit =>
    exhibit(number, {
      caseId: `s/control/junk/r${number}/${which}`,
      step: `s/r${number}/control/junk/r${number}/${which}/c0`,
    })
  const asked = crashes.map((crashed, at) =>
    exhibit(number, {
      caseId: `s/junk/${10 * number + at}`,
      step: `s/r${number}/junk/${10 * number + at}/c0`,
      place: placeOf(),
      outcome: crashed ? 'failed' : 'rejected',
      code: OPEN,
      crashed,
      ...more,
    }),
  )
  return [control('before'), ...asked, control('after')]
}

function judged(...exhibits: readonly Exhibit[]) {
  const crashes = openCrashes()
  for (const each of exhibits) crashes.see(each)
  return { told: crashes.conclude(TELLING), cases: crashes.cases('s') }
}

describe('of a server that fails over the same thing whenever it is asked', () => {
  test('two rounds of nothing else convict, told by the last', () => {
    const { told, cases } = judged(...round(1), ...round(2))
    expect(told.map(({ finding, obliges, caseId }) => [finding, obliges, caseId])).toEqual([
      ['robustness/server-error', true, 's/junk/24'],
    ])
    expect(told[0]?.because).toContain('10 times of 10, in 2 rounds')
    expect(told[0]?.witness).toHaveLength(3)
    expect(cases).toHaveLength(10)
  })

  test.each<readonly [string, readonly Exhibit[]]>([
    ['one round', round(1)],
    [
      'a case that once did not',
      [...round(1), ...round(2, { crashes: [true, true, true, true, false] })],
    ],
    [
      'fewer than are asked to confirm it',
      [...round(1), ...round(2, { crashes: [true, true, true, true] })],
    ],
    [
      'what deserves acceptance',
      [...round(1, { more: { code: VALID } }), ...round(2, { more: { code: VALID } })],
    ],
    [
      'what only goes along',
      [1, 2].flatMap((each) => round(each, { more: { usage: 'dpop-proof' } })),
    ],
  ])('must not be convicted for %s', (_, exhibits) => {
    expect(judged(...exhibits).told).toEqual([])
  })

  test('must not be convicted where a right request met the same, or was not accepted', () => {
    const [before, ...rest] = round(2)
    for (const control of [
      { crashed: true, outcome: 'failed' },
      { outcome: 'rejected' },
    ] as const) {
      const exhibits = [
        ...round(1),
        ...(before === undefined ? [] : [{ ...before, ...control }]),
        ...rest,
      ]
      expect(judged(...exhibits).told).toEqual([])
    }
    // Once is enough, in whatever round: such a server fails over anything.
    const [first] = round(3)
    const unsteady = first === undefined ? [] : [{ ...first, crashed: true }]
    expect(judged(...round(1), ...round(2), ...unsteady).told).toEqual([])
  })
})
