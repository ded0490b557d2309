/** What is charged of acceptances, what is only told, and the words and witnesses that a stranger checks it by. */
import { describe, expect, test } from 'vitest'
import { chargeDouble } from '../../../harness/oracle/charges/double.ts'
import { chargeSameToken, chargeSpent } from '../../../harness/oracle/charges/observed.ts'
import { charge } from '../../../harness/oracle/charges/settled-charges.ts'
import { faultWords, didWords, witnessOf } from '../../../harness/oracle/charges/witness.ts'
import { chargeWrongAcceptance } from '../../../harness/oracle/charges/wrong-acceptance.ts'
import type { DoubleAccept, Group } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import { RUN_ID, SECOND_US, START_US, streamOf } from './histories.ts'
import { court, exhibit, FOREIGN, REFUSED, VALID } from './exhibits.ts'

const TELLING = { startedUs: START_US, runId: RUN_ID }
const AMID = { faultsInForce: ['link.cut on node-1>store'] }

describe('the words of a witness', () => {
  const sent = (more: Partial<Exhibit>) => witnessOf([exhibit(2, more)], TELLING)[0]?.sent

  test('say whose credential it was, which, until when it was good, and what was wrong with it', () => {
    expect(sent({})).toBe("client assertion by 'honest', jti …g-jti-, exp in 58 s")
    expect(sent({ usage: 'dpop-proof', jti: null, expUs: null })).toBe("DPoP proof by 'honest'")
    expect(sent({ jti: 'of another', expUs: START_US, defect: 'padded' })).toBe(
      "client assertion by 'honest', jti …nother, exp 2 s ago, defect padded",
    )
    expect(sent({ expUs: START_US + 2 * SECOND_US, jti: 'abc' })).toBe(
      "client assertion by 'honest', jti …abc, exp in 0 s",
    )
  })

  test('take an identifier as it is where the run has no name', () => {
    const [step] = witnessOf([exhibit(2, { jti: 'abcdefgh' })], { ...TELLING, runId: '' })
    expect(step?.sent).toContain('jti …cdefgh')
  })

  test('are three at most, with times from the start of the run', () => {
    const all = [1, 2, 3, 4].map((at) => exhibit(at))
    expect(witnessOf(all, TELLING).map(({ begunMs }) => begunMs)).toEqual([1_000, 2_000, 3_000])
    const [lost] = witnessOf([exhibit(1, { answeredUs: null })], TELLING)
    expect(lost).toMatchObject({ begunMs: 1_000, answeredMs: null, node: 'node-1' })
    expect(witnessOf([exhibit(1)], TELLING)[0]?.answeredMs).toBe(1_010)
  })

  test('name who did it, and when it was answered or else sent', () => {
    expect(didWords(exhibit(2), 'accepted it', TELLING)).toBe('node-1 accepted it at 2010.0 ms')
    expect(didWords(exhibit(2, { node: null, answeredUs: null }), 'lost it', TELLING)).toBe(
      'the target lost it at 2000.0 ms',
    )
  })

  test('name each fault once', () => {
    expect(faultWords([exhibit(1), exhibit(2)])).toBe('no fault was in force')
    const both = exhibit(2, { faultsInForce: [...AMID.faultsInForce, 'clock.step on node-2'] })
    expect(faultWords([exhibit(1, AMID), both])).toBe(
      'in force: link.cut on node-1>store, clock.step on node-2',
    )
  })
})

describe('a second acceptance', () => {
  const BY = { obligation: 'declared', spec: 'RFC 7523 §3 item 7', because: 'it says so' } as const
  const STREAM = { finding: 'replay/forgotten-after-others', findingAmidFault: 'replay/fails-open' }
  const double = (more: Partial<DoubleAccept<Exhibit>> = {}): DoubleAccept<Exhibit> => {
    const [first, second] = [exhibit(1), exhibit(2)]
    return { first, second, partner: first, needsUs: -1, straddles: [], ...more }
  }
  const told = (given: DoubleAccept<Exhibit>, stream: Partial<Stream> | undefined = STREAM) => {
    const { to, charged, late } = court()
    chargeDouble(given, { singleUse: BY, stream }, to)
    return [charged, late].map((all) => all.map(({ finding, nodes }) => [finding, nodes]))
  }

  test('is charged at once where no leeway matters, and else when it is known', () => {
    const sequential = [['replay/accepted-sequentially', 'same']]
    expect(told(double(), {})).toEqual([sequential, []])
    expect(told(double({ needsUs: 0 }), {})).toEqual([[], sequential])
    expect(told(double({ needsUs: 1 }), {})).toEqual([[], sequential])
  })

  test('must not be charged where it contradicts nobody, or would need an infinite leeway', () => {
    expect(told(double({ partner: null }))).toEqual([[], []])
    expect(told(double({ needsUs: Infinity }))).toEqual([[], []])
  })

  test('is named by its stream where it came in quiet at one node, or amid a fault that both met there', () => {
    const finding = (
      first: Partial<Exhibit>,
      second: Partial<Exhibit>,
      stream?: Partial<Stream>,
    ) => {
      const [partner, other] = [exhibit(1, first), exhibit(2, second)]
      return told(double({ partner, second: other }), stream)[0]
    }
    const elsewhere = { node: 'node-2' }
    expect(finding({}, {})).toEqual([['replay/forgotten-after-others', 'same']])
    expect(finding({}, elsewhere)).toEqual([['replay/accepted-on-another-node', 'several']])
    expect(finding(AMID, AMID)).toEqual([['replay/fails-open', 'same']])
    expect(finding(AMID, AMID, {})).toEqual([['replay/accepted-during-fault', 'same']])
    expect(finding({}, AMID)).toEqual([['replay/accepted-during-fault', 'same']])
    expect(finding(AMID, { ...AMID, ...elsewhere })).toEqual([
      ['replay/accepted-during-fault', 'several'],
    ])
    expect(finding({ answeredUs: START_US + 3 * SECOND_US }, {})).toEqual([
      ['replay/accepted-concurrently', 'same'],
    ])
  })

  test('says how far from its end it was, on whose word it is charged, and shows both', () => {
    const words = (second: Exhibit) => {
      const { to, charged } = court()
      chargeDouble(double({ second }), { singleUse: BY, stream: undefined }, to)
      return charged[0]?.words()
    }
    expect(words(exhibit(2))).toMatchObject({
      obliges: true,
      obligation: 'declared',
      check: null,
      spec: ['RFC 7523 §3 item 7'],
      because:
        'node-1 accepted a client assertion at 1010.0 ms and node-1 accepted it again at 2010.0 ms, 58.0 s before it ended; no fault was in force, and it says so.',
      witness: [{ begunMs: 1_000 }, { begunMs: 2_000 }],
    })
    expect(words(exhibit(62.5))?.because).toContain(', 2.5 s after it had ended;')
    expect(words(exhibit(59.99))?.because).toContain(', 0.0 s before it ended;')
    expect(words(exhibit(2, { expUs: null }))?.because).toContain('again at 2010.0 ms; no fault')
    expect(words(exhibit(2, { answeredUs: null }))?.because).toContain(
      'again at 2000.0 ms; no fault',
    )
    expect(words(exhibit(2, { caseId: 'doc/1/check:ca:x' }))?.check).toBe('doc/1/check')
  })
})

describe('an acceptance that is wrong by itself', () => {
  const wrong = (more: Partial<Exhibit> = {}) => {
    const { to, charged } = court()
    chargeWrongAcceptance(exhibit(2, { code: FOREIGN, ...more }), to)
    return charged
  }

  test('is charged by its rule, and on the target’s own word where that settles it', () => {
    const [charged] = wrong()
    expect(charged).toMatchObject({
      finding: 'audience/foreign-accepted',
      obliges: true,
      nodes: null,
      scenario: 's',
      caseId: 's/stream/0',
    })
    expect(charged?.words()).toEqual({
      scenario: 's',
      caseId: 's/stream/0',
      check: null,
      finding: 'audience/foreign-accepted',
      obliges: true,
      obligation: 'profile',
      because:
        'node-1 accepted a client assertion at 2010.0 ms, though it was made for somebody else.',
      spec: ['RFC 7523 §3 item 3'],
      witness: [expect.objectContaining({ begunMs: 2_000 })],
    })
    expect(wrong({ code: { ...FOREIGN, declared: true } })[0]?.words().obligation).toBe('declared')
  })

  test('must not be charged of what was not accepted, was owed it, or has no name', () => {
    expect(wrong({ outcome: 'rejected' })).toEqual([])
    expect(wrong({ outcome: 'unanswered' })).toEqual([])
    expect(wrong({ code: VALID })).toEqual([])
    expect(wrong({ code: { ...FOREIGN, deserves: 'either' } })).toEqual([])
    expect(wrong({ code: { ...FOREIGN, finding: null } })).toEqual([])
  })
})

function groupOf(uses: readonly Exhibit[], more: Partial<Group<Exhibit>> = {}): Group<Exhibit> {
  const none = { accepted: [], doubles: [], phantom: null, undecided: [], sameToken: [] }
  return { key: 'key', uses, ...none, ...more }
}

describe('what is told and violates nothing', () => {
  test('is one token in several answers, each beside the first', () => {
    const [a, b, c] = [exhibit(1), exhibit(2), exhibit(3)]
    const { to, charged } = court()
    chargeSameToken(
      groupOf([a, b, c], {
        sameToken: [
          [a, b],
          [a, c],
        ],
      }),
      to,
    )
    expect(charged.map(({ obliges, nodes }) => [obliges, nodes])).toEqual([
      [false, null],
      [false, null],
    ])
    expect(charged[1]?.words().witness.map(({ begunMs }) => begunMs)).toEqual([1_000, 3_000])
  })

  const wrong = exhibit(1, { ...REFUSED, code: FOREIGN })
  const right = exhibit(2, REFUSED)
  const spent = (sightings: readonly Exhibit[], more: Partial<Group<Exhibit>> = {}) => {
    const { to, charged } = court()
    const group = groupOf(sightings, { undecided: sightings.slice(1), ...more })
    chargeSpent({ sightings, group, place: null }, to)
    return charged
  }

  test('is a right assertion refused after a wrong one of the same issuer', () => {
    const [told, ...others] = spent([wrong, right])
    expect(others).toEqual([])
    expect(told).toMatchObject({ finding: 'replay/spent-by-refusal', obliges: false })
    expect(told?.words()).toMatchObject({
      obligation: 'derived',
      spec: ['RFC 7519 §4.1.7'],
      because:
        'node-1 refused (401 invalid_client) at 2010.0 ms a right client assertion after it had refused a wrong one of the same issuer under the same identifier, for it was made for somebody else.',
      witness: [{ begunMs: 1_000 }, { begunMs: 2_000 }],
    })
  })

  test('is no such thing after a forgery, an acceptance, or what was not refused', () => {
    expect(spent([{ ...wrong, authentic: false }, right])).toEqual([])
    expect(spent([{ ...wrong, outcome: 'elsewhere' }, right])).toEqual([])
    expect(spent([{ ...wrong, code: VALID }, right])).toEqual([])
    expect(spent([wrong, right], { accepted: [right] })).toEqual([])
    expect(spent([wrong, right], { undecided: [] })).toEqual([])
    expect(spent([wrong, { ...right, outcome: 'unanswered' }])).toEqual([])
    expect(spent([wrong, { ...right, code: FOREIGN }])).toEqual([])
  })

  test('is nothing of a credential that was presented once', () => {
    const { to, charged } = court()
    chargeSpent({ sightings: [right], group: null, place: null }, to)
    expect(charged).toEqual([])
  })
})

describe('of a settled credential', () => {
  const place = { scenario: { name: 's' }, stream: streamOf(), index: 0 } as never
  const findings = (
    sightings: readonly Exhibit[],
    group: Group<Exhibit> | null,
    inStream = true,
  ) => {
    const { to, charged } = court()
    charge({ sightings, group, place: inStream ? place : null }, to)
    return charged.map(({ finding }) => finding)
  }

  test('wrong acceptances are charged one by one in a scenario, and those of checks by their tables', () => {
    const wrong = [1, 2].map((at) => exhibit(at, { code: FOREIGN }))
    const name = 'audience/foreign-accepted'
    expect(findings(wrong, groupOf(wrong))).toEqual([name, name])
    expect(findings(wrong, groupOf(wrong), false)).toEqual([])
  })

  test('a replay is charged in either, where the target is held to single use', () => {
    const [first, second] = [exhibit(1), exhibit(2)]
    const double = { first, second, partner: first, needsUs: -1, straddles: [] }
    const group = groupOf([first, second], { accepted: [first, second], doubles: [double] })
    for (const inStream of [true, false]) {
      expect(findings([first, second], group, inStream)).toEqual(['replay/accepted-sequentially'])
    }
    expect(findings([first], null)).toEqual([])
  })
})
