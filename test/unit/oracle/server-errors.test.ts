import { describe, expect, test } from 'vitest'
import type { Answer, Observation } from '../../../harness/model/history.ts'
import { reply } from './histories.ts'
import { AFTER, BEFORE, CASE, control, row, stimulus, told } from './one-check.ts'

const FAILED: Answer = reply(500, { form: ['not-json'] })

const expects = ['one', 'two'].map((step) => row('reject', { step: `checks/r0/${CASE}/${step}` }))

function failing(...events: readonly Observation[]) {
  const { convictions } = told(events, { expects })
  return convictions.filter(({ finding }) => finding === 'robustness/server-error')
}

describe('a server that fails over what it had only to refuse', () => {
  const both = ['one', 'two'].map((step) => stimulus(FAILED, undefined, step))

  test('is told so, with the controls that it answered well, when it does so over several', () => {
    const [conviction] = failing(BEFORE, ...both, AFTER)
    expect(conviction).toMatchObject({ obliges: true, obligation: 'derived' })
    expect(conviction?.because).toMatch(/answered 500 .* over 2 of the stimuli/)
    expect(conviction?.witness.map(({ got }) => got)).toEqual([
      '200 with a token',
      '500',
      '200 with a token',
    ])
  })

  test('is not held to one answer, which may be a coincidence', () => {
    expect(failing(BEFORE, ...both.slice(0, 1), AFTER)).toMatchObject([{ obliges: false }])
  })

  test('is not held to answers around which a control failed', () => {
    expect(failing(BEFORE, ...both, control('after', 3, FAILED))).toEqual([])
  })

  test.each([503, 504, 429])('is not meant by %i, which speaks of load', (status) => {
    const busy = ['one', 'two'].map((step) => stimulus(reply(status), undefined, step))
    expect(failing(BEFORE, ...busy, AFTER)).toEqual([])
  })

  test('fails the check that it failed over, once it is no coincidence', () => {
    expect(told([BEFORE, ...both, AFTER], { expects }).result?.verdict).toBe('fail')
    const one = told([BEFORE, ...both.slice(0, 1), AFTER], { expects })
    expect(one.result?.verdict).toBe('inconclusive')
  })
})
