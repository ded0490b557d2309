/** What becomes of the due times of one case that is asked alone, step by step on small rounds. */
import { describe, expect, test } from 'vitest'
import type { Experiment, Next } from '../../../harness/model/experiment.ts'
import type { Due, Json, Step } from '../../../harness/model/plan.ts'
import { onlyCase } from '../../../harness/plan/only.ts'

const at = (us: number): Due => ({ atUs: us })
const after = (name: string, plusUs = 0): Due => ({ after: name, plusUs })

/** Steps named `case/number`, or a control of a block. */
function round(dues: Readonly<Record<string, Due>>, more: object = {}): Experiment {
  const steps = Object.entries(dues).map(([name, due]) => {
    const caseId = name.startsWith('control/') ? name : name.slice(0, name.indexOf('/'))
    return { name, caseId, due } as unknown as Step
  })
  const next = { ask: steps, faults: [], state: 7, ...more } as unknown as Next<Json>
  return { name: 'x', question: 'Is it?', start: () => next, next: () => next }
}

/** The due times of case `a` asked alone; all of the round where it is asked as it is. */
function alone(dues: Readonly<Record<string, Due>>, more: object = {}) {
  const next = onlyCase(round(dues, more), 'a').start()
  return 'ask' in next
    ? Object.fromEntries([...next.ask].map(({ name, due }) => [name, due]))
    : next.conclude
}

describe('a case asked alone', () => {
  test('begins at once, and keeps what lay between its steps', () => {
    expect(alone({ 'b/1': at(1), 'a/1': at(50), 'a/2': at(80) })).toEqual({
      'a/1': at(0),
      'a/2': at(30),
    })
    expect(alone({ 'a/1': at(80), 'a/2': at(50) })).toEqual({ 'a/1': at(30), 'a/2': at(0) })
  })

  test('waits for its own steps as before, and for those of others no more', () => {
    expect(alone({ 'b/1': at(0), 'a/1': after('b/1', 5), 'a/2': after('a/1', 9) })).toEqual({
      'a/1': at(0),
      'a/2': after('a/1', 9),
    })
    // Both waited for the same one, as those of a race do.
    expect(alone({ 'b/1': at(0), 'a/1': after('b/1'), 'a/2': after('b/1') })).toEqual({
      'a/1': at(0),
      'a/2': at(0),
    })
  })

  test('leaves out controls that only keep its steps apart, however many', () => {
    const between = (number: number) => `control/ca-1/between-${number}`
    expect(
      alone({
        'a/1': at(0),
        [between(1)]: after('a/1', 3),
        [between(2)]: after(between(1)),
        'a/2': after(between(2)),
      }),
    ).toEqual({ 'a/1': at(0), 'a/2': after('a/1', 3) })
  })

  test('is asked amid the whole round where others come between its steps', () => {
    const dues = { 'a/1': at(0), 'b/1': after('a/1'), 'a/2': after('b/1') }
    expect(alone(dues)).toEqual(dues)
    const later = { 'b/1': at(0), 'b/2': at(1), 'a/1': after('b/1'), 'a/2': after('b/2') }
    expect(alone(later)).toEqual(later)
    const named = { 'a/1': at(0), 'control/ca-1/after': after('a/1') }
    expect(alone({ ...named, 'a/2': after('control/ca-1/after') })).toMatchObject(named)
  })

  test('is asked amid the whole round where something is broken meanwhile, and as no part of others', () => {
    const dues = { 'a/1': at(5), 'b/1': at(9) }
    const experiment = round(dues, { faults: [{ fault: 'f' }], part: { number: 1, of: 2 } })
    const next = onlyCase(experiment, 'a').start()
    expect(next).toMatchObject({ faults: [{ fault: 'f' }], state: 7 })
    expect(next).not.toHaveProperty('part')
    expect(alone(dues, { faults: [{ fault: 'f' }] })).toEqual(dues)
  })

  test('has the name and question of its experiment, and its state', () => {
    const { name, question, start, next } = onlyCase(round({ 'a/1': at(5) }), 'a')
    expect([name, question]).toEqual(['x', 'Is it?'])
    expect(start()).toMatchObject({ faults: [], state: 7 })
    expect(next(7, null)).toEqual({ conclude: null })
  })

  test('is none where there is none, or where nothing is asked at all', () => {
    expect(alone({ 'b/1': at(0) })).toBeNull()
    const asked = { conclude: 'already' }
    const none: Experiment = { ...round({}), start: () => asked }
    expect(onlyCase(none, 'a').start()).toBe(asked)
  })
})
