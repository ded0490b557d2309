import { describe, expect, test } from 'vitest'
import { FINDINGS } from '../../../harness/findings.ts'
import { findings, joined } from '../../../harness/tally/findings.ts'
import { migration } from '../../../harness/tally/migration.ts'
import { aCheckResult, aConviction } from './convictions.ts'

describe('findings', () => {
  test('twenty convictions of one kind are one finding, twenty times, with the first as its witness', () => {
    const all = Array.from({ length: 20 }, (_, index) => aConviction({ because: `pair ${index}` }))
    expect(findings(all)).toEqual([
      {
        id: 'replay/accepted-concurrently',
        severity: 'high',
        because: 'pair 0',
        obligation: 'declared',
        obliges: true,
        times: 20,
        witness: [],
        spec: ['RFC 7523 §3 item 7'],
        cwe: 'CWE-294',
        controls: ['NHI4:2025', 'PR.AA-03', 'PR.AA-04'],
      },
    ])
  })
  test('what stands twice or has a wrong type is told as accepted: a target may not have looked at it', () => {
    // One that never compares issuers takes the last of two, a number and a list, and believes none of them.
    const told = ['claims/first-duplicate-taken', 'claims/type-coerced'].map(
      (id) => FINDINGS.get(id)?.title ?? '',
    )
    expect(told).toEqual([
      'A member that stands twice was accepted where it must be refused',
      'A claim of the wrong type was accepted',
    ])
  })
  test('what obliges is shown before what does not, and the graver first', () => {
    const ids = findings([
      aConviction({ finding: 'replay/accepted-sequentially', obliges: false }),
      aConviction({ finding: 'audience/normalised' }),
      aConviction({ finding: 'time/expired-accepted' }),
      aConviction({ finding: 'audience/foreign-accepted' }),
    ]).map(({ id }) => id)
    expect(ids).toEqual([
      'audience/foreign-accepted',
      'time/expired-accepted',
      'audience/normalised',
      'replay/accepted-sequentially',
    ])
  })
  test('one conviction that obliges makes the finding oblige, and is the one shown', () => {
    const [finding] = findings([
      aConviction({ obliges: false, because: 'across a fault that forgets' }),
      aConviction({ because: 'in quiet' }),
    ])
    expect(finding).toMatchObject({ obliges: true, because: 'in quiet', times: 2 })
  })
  test('a name outside the catalogue is our mistake and said so', () => {
    const named = () => findings([aConviction({ finding: 'replay/typo' })])
    expect(named).toThrow('replay/typo')
    expect(named).toThrow(
      expect.objectContaining({
        code: 'ERR_INTERNAL',
        hint: expect.stringMatching('harness/findings.ts'),
      }),
    )
  })
  test('of several records are told once each, as the first that obliges shows them', () => {
    const one = findings([
      aConviction({ obliges: false, because: 'across a fault' }),
      aConviction({ finding: 'time/expired-accepted', because: 'an hour late' }),
    ])
    const other = findings([
      aConviction({ because: 'in quiet' }),
      aConviction({ because: 'and again' }),
      aConviction({ finding: 'audience/foreign-accepted' }),
      aConviction({ finding: 'replay/fails-open' }),
    ])
    const told = joined([...one, ...other]).map(({ id, times, because, obliges }) => [
      id,
      times,
      because,
      obliges,
    ])
    // Equally grave, so by name.
    expect(told).toEqual([
      ['audience/foreign-accepted', 1, 'Two of twenty copies were accepted.', true],
      ['replay/accepted-concurrently', 3, 'in quiet', true],
      ['replay/fails-open', 1, 'Two of twenty copies were accepted.', true],
      ['time/expired-accepted', 1, 'an hour late', true],
    ])
  })
})

describe('migration', () => {
  const pass = aCheckResult()
  const fail = aCheckResult({ verdict: 'fail' })
  test('names what changes sides, and nothing that stays', () => {
    expect(migration([pass], [fail])).toMatchObject([
      { id: 'rfc7523/3/exp-past', change: 'conforms -> violates', from: 'pass', to: 'fail' },
    ])
    expect(migration([fail], [pass])).toMatchObject([{ change: 'violates -> conforms' }])
    expect(
      migration(
        [pass, aCheckResult({ case: 'b', verdict: 'fail' })],
        [pass, aCheckResult({ case: 'b', verdict: 'fail' })],
      ),
    ).toEqual([])
  })
  test('a case the other profile never had a control for was not asked, which is no pass', () => {
    expect(migration([pass], [])).toMatchObject([{ change: 'not asked', to: null }])
    expect(migration([pass], [aCheckResult({ asked: 0, verdict: 'unsupported' })])).toMatchObject([
      { change: 'not asked', to: 'unsupported' },
    ])
  })
  test('an inconclusive answer moves nobody', () => {
    expect(migration([pass], [aCheckResult({ verdict: 'inconclusive' })])).toEqual([])
  })
})
