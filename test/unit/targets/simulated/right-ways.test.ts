/** Goal: each right way does what it is named for. That none of them is wrong is what test/unit/worlds/sound.test.ts shows. */
import { describe, expect, test } from 'vitest'
import { admission } from '../../../../targets/reference/admission.ts'
import type { Assertion, Party } from '../../../../targets/reference/decide.ts'
import { replayMemory, saidTo } from '../../../../targets/reference/memory.ts'
import { PLAIN, rightBehaviours, type RightWay } from '../../../../targets/simulated/right-ways.ts'

const AUDIENCE = 'https://as.example'
const EXP = 1_000

/** Asks nodes of one system; times in seconds. */
function systemOf(way: Partial<RightWay>) {
  const make = rightBehaviours({ ...PLAIN, ...way })
  const memory = replayMemory()
  let nowSeconds = EXP - 60
  let asked = 0
  const nowMs = (): number => nowSeconds * 1000
  const nodes = [make(nowMs), make(nowMs)].map((behaviour) =>
    admission({ audiences: () => [AUDIENCE], behaviour, nowMs }),
  )
  return (atSeconds: number, some: Partial<Assertion> = {}, node = 0): string => {
    nowSeconds = atSeconds
    const assertion: Assertion = { ...RIGHT, jti: String(asked++), ...some }
    const party: Party = { ...PARTY, id: assertion.issuer ?? '', subject: assertion.subject ?? '' }
    const work = nodes[node]?.(assertion, party)
    let step = work?.next()
    while (step?.done === false) {
      const said = saidTo({ ...step.value, requestId: String(asked++) }, memory, nowMs())
      step = work?.next(said)
    }
    if (step?.done !== true) throw new RangeError('there is no such node')
    return step.value.kind
  }
}

const PARTY = { usage: 'client-authentication', algorithms: ['ES256'] } as const
const RIGHT: Assertion = {
  usage: 'client-authentication',
  issuer: 'client',
  subject: 'client',
  audience: AUDIENCE,
  expSeconds: EXP,
  nbfSeconds: null,
  iatSeconds: EXP - 60,
  jti: null,
  algorithm: 'ES256',
  verified: true,
  malformed: [],
  text: '',
}

describe('a right way', () => {
  test.each<[RightWay['reads'], number, number]>([
    ['exactly', 9.9, 10],
    ['whole-seconds', 9.9, 10],
    ['inclusive', 10.9, 11],
    ['early', 9, 9.1],
  ])('that reads its clock %s accepts %d s after the end and not %d s', (reads, last, first) => {
    const ask = systemOf({ reads, leewaySeconds: 10 })
    expect([ask(EXP + last), ask(EXP + first)]).toEqual(['accept', 'refuse'])
  })

  test('that reads inclusively remembers a second less than it accepts, as real ones do', () => {
    const ask = systemOf({ reads: 'inclusive', leewaySeconds: 10 })
    expect([
      ask(EXP, { jti: 'a' }),
      ask(EXP + 9.5, { jti: 'a' }),
      ask(EXP + 10.5, { jti: 'a' }),
    ]).toEqual(['accept', 'refuse', 'accept'])
  })

  test('may remember one identifier for all parties', () => {
    const other = { issuer: 'other', subject: 'other', jti: 'a' }
    const spends = (scope: RightWay['scope']): string => {
      const ask = systemOf({ scope })
      ask(EXP - 50, { jti: 'a' })
      return ask(EXP - 49, other)
    }
    expect([spends('issuer'), spends('global')]).toEqual(['accept', 'refuse'])
  })

  test('may remember in each node alone, which is right where there is one', () => {
    const ask = systemOf({ memory: 'own' })
    expect([
      ask(EXP - 50, { jti: 'a' }),
      ask(EXP - 49, { jti: 'a' }),
      ask(EXP - 48, { jti: 'a' }, 1),
    ]).toEqual(['accept', 'refuse', 'accept'])
  })

  test('may lock a party out after refusals in a row, at that node or at all, and nobody else', () => {
    const wrong = { verified: false }
    for (const [at, elsewhere] of [
      ['node', 'accept'],
      ['everywhere', 'refuse'],
    ] as const) {
      const ask = systemOf({ lockOut: { refusals: 2, seconds: 5, at, whom: 'party' } })
      expect([ask(EXP - 50, wrong), ask(EXP - 50, wrong)]).toEqual(['refuse', 'refuse'])
      expect([ask(EXP - 49), ask(EXP - 49, {}, 1), ask(EXP - 44)]).toEqual([
        'refuse',
        elsewhere,
        'accept',
      ])
      expect(ask(EXP - 49, { issuer: 'other', subject: 'other' })).toBe('accept')
    }
  })
})
