import { describe, expect, test } from 'vitest'
import { openCharges, type Charge } from '../../../harness/oracle/charges/convictions.ts'
import { aConviction } from '../tally/convictions.ts'

const SEQUENTIAL = 'replay/accepted-sequentially'
const FAILS_OPEN = 'replay/fails-open'
const FAULT = 'replay/accepted-during-fault'
const CONCURRENT = 'replay/accepted-concurrently'

function aCharge(change: Partial<Charge> = {}): Charge {
  const charge = {
    finding: CONCURRENT,
    obliges: true,
    scenario: 'race',
    caseId: 'race/replay/0',
    nodes: 'same' as const,
    ...change,
  }
  const { finding, obliges, scenario, caseId } = charge
  return { ...charge, words: () => aConviction({ finding, obliges, scenario, caseId }) }
}

function charged(...charges: readonly Charge[]) {
  const open = openCharges()
  for (const each of charges) open.add(each)
  return open
}

describe('what is violated', () => {
  const noted = aCharge({ obliges: false, scenario: 'noted', caseId: 'noted/replay/0' })
  test('must not be what was only noted, at once or once the leeway was known', () => {
    expect(charged(noted).violated.scenarios).toEqual(new Set())
    const { scenarios, cases } = charged().violatedWith([{ charge: noted, times: 3 }])
    expect([scenarios, cases]).toEqual([new Set(), new Set()])
  })
  test('is what obliges, at once or once the leeway was known', () => {
    const late = aCharge({ scenario: 'late', caseId: 'late/replay/7' })
    const { scenarios, cases } = charged(aCharge()).violatedWith([{ charge: late, times: 1 }])
    expect(scenarios).toEqual(new Set(['race', 'late']))
    expect(cases).toEqual(new Set(['late/replay/7']))
  })
  test('is kept by its case where every one of a scenario is kept', () => {
    const open = openCharges({ each: (scenario) => scenario === 'drawn' })
    open.add(aCharge())
    open.add(aCharge({ scenario: 'drawn', caseId: 'drawn/p/1' }))
    expect(open.violated.cases).toEqual(new Set(['drawn/p/1']))
  })
})

describe('what is told', () => {
  test('is the first hundred of a kind, and how many there were', () => {
    const all = Array.from({ length: 250 }, (_, index) =>
      aCharge({ caseId: `race/replay/${index}` }),
    )
    const { convictions, times } = charged(...all).conclude([])
    expect(convictions.map(({ caseId }) => caseId)).toEqual(
      all.slice(0, 100).map(({ caseId }) => caseId),
    )
    expect(times).toEqual({ [CONCURRENT]: 250 })
  })
  test('is every one of a scenario whose cases are kept, and of what waited for the leeway', () => {
    const drawn = openCharges({ each: (scenario) => scenario === 'drawn' })
    for (let index = 0; index < 150; index++) drawn.add(aCharge({ scenario: 'drawn' }))
    expect(drawn.conclude([]).convictions).toHaveLength(150)
    const full = charged(...Array.from({ length: 100 }, () => aCharge()))
    const late = { charge: aCharge({ caseId: 'race/late/1' }), times: 7 }
    const { convictions, times } = full.conclude([], [late])
    expect(convictions.at(-1)).toMatchObject({ caseId: 'race/late/1' })
    expect(times).toEqual({ [CONCURRENT]: 107 })
    // Concluding changes nothing of what was charged.
    expect(full.conclude([])).toMatchObject({ times: { [CONCURRENT]: 100 }, notes: [] })
  })
  test('counts what other rules convict of with these', () => {
    const further = [aConviction(), aConviction({ finding: 'time/expired-accepted' })]
    const { convictions, times } = charged(aCharge()).conclude(further)
    expect(convictions).toHaveLength(3)
    expect(times).toEqual({ [CONCURRENT]: 2, 'time/expired-accepted': 1 })
  })
  test('shows the smallest cases first', () => {
    const told = charged(aCharge(), aCharge({ caseId: 'small' })).conclude(
      [],
      [],
      new Set(['small']),
    )
    expect(told.convictions.map(({ caseId }) => caseId)).toEqual(['small', 'race/replay/0'])
  })
})

describe('one cause', () => {
  const found = (...charges: readonly Charge[]) =>
    charged(...charges)
      .conclude([])
      .convictions.map(({ finding }) => finding)
  test('that obliges is told without what follows from it, and a note says what that was', () => {
    const { convictions, notes, times } = charged(
      aCharge(),
      aCharge(),
      aCharge({ finding: SEQUENTIAL }),
    ).conclude([])
    expect(convictions.map(({ finding }) => finding)).toEqual([SEQUENTIAL])
    expect(times).toEqual({ [SEQUENTIAL]: 1 })
    expect(notes).toEqual([
      `${CONCURRENT} (2 times) follows from ${SEQUENTIAL} and is not told apart.`,
    ])
  })
  test('must not swallow others where it was only noted', () => {
    const noted = aCharge({ finding: SEQUENTIAL, obliges: false })
    expect(found(noted, aCharge())).toEqual([SEQUENTIAL, CONCURRENT])
  })
  test('that is a node failing open explains what came of it elsewhere, and no race in quiet', () => {
    const elsewhere = aCharge({ finding: FAULT, nodes: 'several' })
    const race = aCharge({ nodes: 'several' })
    expect(found(aCharge({ finding: FAILS_OPEN }), elsewhere, race)).toEqual([
      FAILS_OPEN,
      CONCURRENT,
    ])
  })
})
