/** The edges of time, to the microsecond: what is owed on either side of each, by which section, and by whose word. */
import { describe, expect, test } from 'vitest'
import type { Band, Policy } from '../../../harness/model/policy.ts'
import type { Usage } from '../../../harness/model/plan.ts'
import {
  bandOf,
  edgesOf,
  setSlack,
  timeRule,
  type Slack,
  type Times,
} from '../../../harness/oracle/deserving/rule-time.ts'
import { policyNamed, targetWith } from './histories.ts'

const S = 1e6
const ASSERTION = 'client-authentication'
const SPEC = 'RFC 7523 §3 items 4 to 6'

interface Given {
  readonly usage?: Usage
  readonly policy?: Partial<Policy>
  readonly declares?: Parameters<typeof targetWith>[0]
  /** The target's clock in seconds. */
  readonly now?: readonly [low: number, high: number]
}

function edges({ policy, declares }: Pick<Given, 'policy' | 'declares'>) {
  return edgesOf({
    policy: { ...policyNamed('rfc7523'), ...policy },
    target: targetWith(declares),
  })
}

/** What an assertion from 0 to 60 s deserves by its times, which a case may change. */
function ruled(times: Partial<Times>, { usage = ASSERTION, now = [1, 1], ...given }: Given = {}) {
  const [lowUs, highUs] = [now[0] * S, now[1] * S]
  const all: Times = { expUs: 60 * S, nbfUs: null, iatUs: 0, ...times }
  return timeRule(all, usage, { lowUs, highUs }, edges(given))
}

const deserved = (times: Partial<Times>, given?: Given) => ruled(times, given)?.deserves ?? 'accept'

describe('the end', () => {
  const at = (us: number, given: Given = {}) => deserved({}, { ...given, now: [us / S, us / S] })

  test('leaves acceptance owed until a second before it, and refusal from a second after the band', () => {
    expect(at(59 * S - 1)).toBe('accept')
    expect(at(59 * S)).toBe('either')
    expect(at(661 * S - 1)).toBe('either')
    expect(at(661 * S)).toBe('reject')
  })

  test('must hold at every instant that the clock may have shown', () => {
    expect(deserved({}, { now: [1, 59] })).toBe('either')
    expect(deserved({}, { now: [660, 700] })).toBe('either')
    expect(deserved({}, { now: [661, Infinity] })).toBe('reject')
    expect(deserved({ iatUs: null }, { now: [-Infinity, 58] })).toBe('accept')
  })

  test('is found past it by name, section and word', () => {
    const past = ruled({}, { now: [700, 700] })
    expect(past).toMatchObject({ finding: 'time/expired-accepted', spec: SPEC, declared: false })
    expect(past?.because).toBe('it ended more than 600 s before')
    const leewaySeconds = { grant: 0, refuse: 30 }
    expect(ruled({}, { now: [91, 91], declares: { leewaySeconds } })).toMatchObject({
      deserves: 'reject',
      declared: true,
      because: 'it ended more than 30 s before',
    })
    expect(ruled({}, { now: [700, 700], usage: 'bearer-token' })).toMatchObject({
      spec: 'RFC 9068 §4',
      finding: 'time/expired-accepted',
    })
  })

  test('that is not named is wrong in an assertion, open in a token, and nothing in a proof', () => {
    const none = { expUs: null }
    expect(ruled(none)).toMatchObject({
      deserves: 'reject',
      rule: 'time',
      finding: 'time/expiry-missing-accepted',
      spec: 'RFC 7523 §3 item 4',
    })
    expect(ruled(none, { usage: 'authorization-grant' })?.deserves).toBe('reject')
    expect(ruled(none, { usage: 'bearer-token' })).toMatchObject({
      deserves: 'either',
      rule: 'time',
      spec: 'RFC 9068 §4',
      finding: null,
    })
    expect(ruled(none, { usage: 'dpop-proof' })).toBeNull()
  })
})

describe('the beginning', () => {
  const FAPI = { 'future.leewaySeconds': { grant: 10, refuse: 60 } }
  const ahead = (claim: 'nbfUs' | 'iatUs', us: number, given: Given = {}) =>
    ruled({ iatUs: null, [claim]: us, expUs: us + 60 * S }, { now: [0, 0], ...given })

  test.each(['nbfUs', 'iatUs'] as const)('of %s is owed acceptance once it has come', (claim) => {
    expect(ahead(claim, 0)).toBeNull()
    expect(ahead(claim, 1)?.deserves).toBe('either')
    expect(ahead(claim, 1, { now: [0, 5] })?.deserves).toBe('either')
  })

  test.each(['nbfUs', 'iatUs'] as const)(
    'of %s may be ahead by what is granted, but for a second',
    (claim) => {
      expect(ahead(claim, 9 * S, { policy: FAPI })).toBeNull()
      expect(ahead(claim, 9 * S + 1, { policy: FAPI })?.deserves).toBe('either')
      expect(ahead(claim, 61 * S - 1, { policy: FAPI })?.deserves).toBe('either')
      expect(ahead(claim, 61 * S, { policy: FAPI })).toMatchObject({
        deserves: 'reject',
        finding: 'time/not-yet-valid-accepted',
        because: `its ${claim.slice(0, 3)} lies more than 60 s ahead`,
        declared: false,
      })
    },
  )

  test('of nbf is refused beyond every reading of it, of iat only by a profile that gives a number', () => {
    expect(ahead('nbfUs', 601 * S - 1)?.deserves).toBe('either')
    expect(ahead('nbfUs', 601 * S)).toMatchObject({ deserves: 'reject', spec: SPEC })
    expect(ahead('iatUs', 601 * S)).toMatchObject({ deserves: 'either', finding: null })
    expect(ahead('nbfUs', 601 * S, { now: [0, 1] })?.deserves).toBe('either')
    const leewaySeconds = { grant: 0, refuse: 20 }
    expect(ahead('nbfUs', 21 * S, { declares: { leewaySeconds } })).toMatchObject({
      deserves: 'reject',
      declared: true,
    })
  })

  test('is asked of tokens too, and of no proof', () => {
    expect(ahead('nbfUs', 601 * S, { usage: 'bearer-token' })).toMatchObject({
      deserves: 'reject',
      spec: 'RFC 9068 §4',
    })
    for (const claim of ['nbfUs', 'iatUs'] as const) {
      expect(ahead(claim, 601 * S, { usage: 'dpop-proof', policy: FAPI })).toBeNull()
    }
  })
})

describe('a long life', () => {
  const lives = (us: number, given: Given = {}) => ruled({ expUs: us }, { now: [0, 0], ...given })

  test('is owed nothing beyond five minutes, from its issue or from now', () => {
    expect(lives(301 * S)).toBeNull()
    expect(lives(301 * S + 1)).toMatchObject({
      deserves: 'either',
      because: 'it is good for more than 300 s',
    })
    expect(ruled({ expUs: 310 * S }, { now: [20, 20] })?.deserves).toBe('either')
    expect(ruled({ expUs: 310 * S, iatUs: null }, { now: [20, 20] })).toBeNull()
    expect(ruled({ expUs: 310 * S, iatUs: null }, { now: [8, 20] })?.deserves).toBe('either')
    // A clock that nobody measured makes no life long.
    expect(ruled({ iatUs: null }, { now: [-Infinity, 1] })).toBeNull()
  })

  test('is what the target says it is', () => {
    const declares = { maxLifetimeSeconds: 30 }
    expect(lives(31 * S, { declares })).toBeNull()
    expect(lives(31 * S + 1, { declares })?.because).toBe('it is good for more than 30 s')
  })

  test('is refused where the profile names the longest that there may be', () => {
    const policy = { 'lifetime.maxSeconds': 300 }
    expect(lives(301 * S, { policy })).toBeNull()
    expect(lives(301 * S + 1, { policy })).toMatchObject({
      deserves: 'reject',
      finding: 'time/lifetime-unlimited',
      because: 'it is good for more than 300 s',
    })
    expect(lives(302 * S, { policy, now: [0, 1] })?.deserves).toBe('either')
  })

  test('is no matter of tokens and proofs', () => {
    const policy = { 'lifetime.maxSeconds': 300 }
    for (const usage of ['bearer-token', 'dpop-proof'] as const) {
      expect(lives(9_999 * S, { usage, policy })).toBeNull()
    }
  })
})

describe('an age', () => {
  const old = (us: number, given: Given = {}) =>
    ruled({ iatUs: 0, expUs: 301 * S }, { now: [us / S, us / S], ...given })

  test('is owed nothing beyond five minutes', () => {
    const given = { declares: { leewaySeconds: { grant: 60, refuse: 600 } } }
    expect(old(300 * S, given)).toBeNull()
    expect(old(300 * S + 1, given)?.because).toBe('it was issued more than 300 s ago')
    expect(old(300 * S + 1, { ...given, usage: 'bearer-token' })).toBeNull()
    expect(ruled({ iatUs: null }, { now: [1, 1] })).toBeNull()
  })
})

test('what is refused is told before what is open, wherever it stands', () => {
  const given = { now: [0, 0] as const }
  expect(ruled({ expUs: null, nbfUs: 5 * S }, given)?.finding).toBe('time/expiry-missing-accepted')
  expect(ruled({ expUs: 9_999 * S, iatUs: 5 * S, nbfUs: 700 * S }, given)).toMatchObject({
    finding: 'time/not-yet-valid-accepted',
  })
  expect(ruled({ nbfUs: 5 * S, iatUs: 6 * S }, given)?.because).toContain('nbf')
  // Of two that are refused the first, and neither by the target's own word.
  expect(ruled({ nbfUs: 700 * S }, { now: [-9, 800] })).toMatchObject({ declared: false })
  const both = ruled({ expUs: null, nbfUs: 700 * S }, given)
  expect(both).toMatchObject({ finding: 'time/expiry-missing-accepted', declared: false })
  expect(ruled({ iatUs: 5 * S }, given)).toMatchObject({ deserves: 'either', declared: false })
})

test('a declaration narrows a band from either side, and one that contradicts it is not heard', () => {
  const profile: Band = { grant: 10, refuse: 60 }
  const declared = (grant: number, refuse: number) => bandOf(profile, { grant, refuse })
  expect(bandOf(profile, null)).toEqual({ grant: 10, refuse: 60, declared: false })
  expect(declared(20, 30)).toEqual({ grant: 20, refuse: 30, declared: true })
  expect(declared(5, 90)).toEqual({ grant: 10, refuse: 60, declared: false })
  expect(declared(20, 60)).toEqual({ grant: 20, refuse: 60, declared: false })
  expect(declared(30, 30)).toEqual({ grant: 30, refuse: 30, declared: true })
  expect(declared(70, 90)).toEqual({ grant: 10, refuse: 60, declared: false })
})

test('within its slack no time objects, and at either end of it one does', () => {
  const slackOf = (times: Partial<Times>, given: Pick<Given, 'policy' | 'declares'> = {}) => {
    const all: Times = { expUs: 60 * S, nbfUs: null, iatUs: 0, ...times }
    const slack: Slack = { ...all, fromUs: 20 * S, toUs: 21 * S, slackLowUs: 0, slackHighUs: 0 }
    setSlack(slack, edges(given))
    return [slack.slackLowUs, slack.slackHighUs]
  }
  // The clock may be behind until the iat lies ahead of it, and ahead until a second before the end: both but for a hair.
  expect(slackOf({})).toEqual([-20 * S + 1, 38 * S - 1])
  expect(slackOf({ nbfUs: 5 * S })).toEqual([-15 * S + 1, 38 * S - 1])
  expect(slackOf({ nbfUs: -5 * S })).toEqual([-20 * S + 1, 38 * S - 1])
  expect(slackOf({ iatUs: null, nbfUs: 5 * S })).toEqual([-15 * S + 1, 38 * S - 1])
  // No further behind than that it is still good for no more than five minutes.
  expect(slackOf({ expUs: 310 * S })).toEqual([-11 * S + 1, 279 * S - 1])
  expect(slackOf({ expUs: 310 * S }, { policy: { 'lifetime.maxSeconds': 299 } })[0]).toBe(
    -10 * S + 1,
  )
  // No further ahead than that it is no more than five minutes old.
  expect(slackOf({ expUs: 400 * S })[1]).toBe(279 * S - 1)
  expect(slackOf({ expUs: null, iatUs: null })).toEqual([-Infinity, Infinity])
  const leewaySeconds = { grant: 10, refuse: 60 }
  expect(slackOf({}, { declares: { leewaySeconds } })).toEqual([-29 * S + 1, 48 * S - 1])
  // Nine of ten seconds granted before an nbf at 5 s.
  expect(slackOf({ iatUs: null, nbfUs: 5 * S }, { declares: { leewaySeconds } })).toEqual([
    -24 * S + 1,
    48 * S - 1,
  ])
})
