/** One presentation as judged, and a court that only writes down what is charged. Times in seconds from the start. */
import type { Charge } from '../../../harness/oracle/charges/convictions.ts'
import type { Charging } from '../../../harness/oracle/charges/charging.ts'
import type { Grounds } from '../../../harness/oracle/deserving/grounds.ts'
import { openOutages } from '../../../harness/oracle/refusals/outage.ts'
import type { Attempt } from '../../../harness/oracle/refusals/lock-outs.ts'
import type { Refusal } from '../../../harness/oracle/refusals/standing.ts'
import type { Path } from '../../../harness/oracle/replay/group.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { judgingWith, policyNamed, RUN_ID, SECOND_US, START_US } from './histories.ts'

export const VALID: Grounds = {
  deserves: 'accept',
  rule: 'valid',
  because: 'nothing about it is wrong',
  spec: 'RFC 7523 §3',
  declared: false,
  finding: null,
}

export const FOREIGN: Grounds = {
  deserves: 'reject',
  rule: 'audience',
  because: 'it was made for somebody else',
  spec: 'RFC 7523 §3 item 3',
  declared: false,
  finding: 'audience/foreign-accepted',
}

/** A right client assertion of client-1 with exp at 60 s, accepted within 10 ms. */
export function exhibit(at: number, more: Partial<Exhibit> = {}): Exhibit {
  const begunUs = START_US + at * SECOND_US
  return {
    step: `s/r0/stream/0/at-${at}`,
    principal: 'honest',
    node: 'node-1',
    part: 'client_assertion',
    begunUs,
    answeredUs: begunUs + 10_000,
    outcome: 'accepted',
    deserved: 'accept',
    cause: 'valid',
    authentic: true,
    expUs: START_US + 60 * SECOND_US,
    token: null,
    tried: null,
    follows: null,
    offset: { lowUs: 0, highUs: 0 },
    faultsInForce: [],
    scenario: 's',
    caseId: 's/stream/0',
    endpoint: 'token',
    usage: 'client-authentication',
    place: null,
    key: 'key',
    account: null,
    fromUs: begunUs,
    toUs: begunUs + 10_000,
    nbfUs: null,
    iatUs: START_US,
    jti: `a-long-jti-${RUN_ID}`,
    party: 'client-1',
    defect: null,
    got: '200 with a token',
    crashed: false,
    searched: false,
    early: false,
    stale: false,
    ruling: { at: () => VALID },
    world: VALID,
    slackLowUs: 0,
    slackHighUs: 0,
    code: VALID,
    phase: 'steady',
    slot: 0,
    ...more,
  }
}

export const REFUSED: Partial<Exhibit> = { outcome: 'rejected', got: '401 invalid_client' }

/** Everything charged, asked and excused, in the order in which it came. */
export interface Court {
  readonly to: Charging
  readonly charged: Charge[]
  readonly late: Charge[]
  readonly asked: Refusal[]
  readonly excused: Attempt[]
  readonly turnedAway: Attempt[]
  readonly doubted: Exhibit[]
}

interface Given {
  readonly path?: Path
  readonly mayExplain?: boolean
  readonly mayFollow?: boolean
}

/** @param given Where a lock-out may explain every refusal, or follow every failure. */
export function court({
  path = 'direct',
  mayExplain = false,
  mayFollow = false,
}: Given = {}): Court {
  const charged: Charge[] = []
  const late: Charge[] = []
  const asked: Refusal[] = []
  const excused: Attempt[] = []
  const turnedAway: Attempt[] = []
  const doubted: Exhibit[] = []
  const none = (): void => undefined
  const to: Charging = {
    judging: judgingWith(),
    policy: policyNamed('rfc7523bis'),
    telling: { startedUs: START_US, runId: RUN_ID },
    standing: {
      accepted: none,
      mayAsk: none,
      turnedAway: none,
      refused: (refusal) => void asked.push(refusal),
      conclude: none,
      notes: () => [],
    },
    lockOuts: {
      accepted: none,
      failed: none,
      turnedAway: (attempt) => void turnedAway.push(attempt),
      mayAsk: none,
      mayExplain: () => mayExplain,
      excused: (attempt) => void excused.push(attempt),
      mayFollow: () => mayFollow,
      notes: () => [],
    },
    late: {
      count: none,
      charge: (_, charge) => void late.push(charge),
      settle: () => ({ entries: [], charges: [], waiting: [] }),
    },
    scenarios: {
      sum: () => ({ judged: 0, undecided: 0 }),
      doubt: (_, refused) => void doubted.push(refused),
    },
    way: { path },
    checks: {
      checkOf: (caseId) => (caseId.startsWith('doc/') ? 'doc/1/check' : null),
      profilesOf: () => ['rfc7523bis'],
    },
    outages: openOutages(),
    faults: { windowAt: () => 0 },
    charges: { add: (charge) => void charged.push(charge) },
  }
  return { to, charged, late, asked, excused, turnedAway, doubted }
}
