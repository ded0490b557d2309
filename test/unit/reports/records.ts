import type { Rate, RunRecord } from '../../../harness/model/record.ts'

export function aRate(change: Partial<Rate> = {}): Rate {
  const { events = 0, trials = 60 } = change
  return {
    metric: 'far',
    scenario: 'replay-race',
    attack: 'replay',
    phase: 'steady',
    node: null,
    unit: 'race',
    frame: 'world',
    events,
    trials,
    low: 0,
    high: 0.05963,
    lower95: 0,
    upper95: 0.0487,
    coverage: 1,
    owed: trials,
    worst: events,
    over: { units: trials, eventsSquared: events, eventsByTrials: events, trialsSquared: trials },
    effective: trials,
    ...change,
  }
}

export const TERMS = {
  means: { conforms: 'each group was accepted exactly once', violates: 'some were not' },
  maxUndecided: 0.05,
  classes: ['replay'],
} as const

/** A profile's view of a run in which no replay met a fault and none was near its end. */
export const NOTHING_ELSE = {
  recovery: [],
  failureModes: [],
  pairs: [],
  late: [],
  leeways: [],
} as const

/** A run that went well; a test names what differs. */
export function aRecord(change: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    tool: { name: 'cupel', version: '0.1.0', node: 'v24.0.0' },
    seed: '7',
    runId: 'AAAAAAAAAAAAAAAAAAAAAA',
    runIds: ['AAAAAAAAAAAAAAAAAAAAAA'],
    plan: { digest: '0'.repeat(64), repeat: 1, shard: null },
    profile: 'rfc7523',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: '2026-01-02T03:04:45.500Z',
    target: {
      name: 'embedded',
      kind: 'token-endpoint',
      nodes: 3,
      declares: {
        replay: 'single-use',
        leewaySeconds: { grant: 0, refuse: 60 },
        maxLifetimeSeconds: null,
        path: 'direct',
        survives: [],
      },
    },
    verdict: 'conforms',
    exitCode: 0,
    interrupted: null,
    checks: [
      {
        id: 'rfc7523/3/exp-past',
        usage: 'client-authentication',
        case: 'a-day-ago',
        caseId: 'rfc7523/3/exp-past:ca:a-day-ago',
        section: 'RFC 7523 §3 item 4',
        level: 'must',
        verdict: 'pass',
        because: 'refused with invalid_client, between two accepted controls',
        asked: 1,
        expected: 'reject',
        seen: 'rejected',
      },
    ],
    scenarios: [
      {
        name: 'replay-race',
        question: 'Can one assertion be used twice by copies that arrive at once?',
        verdict: 'conforms',
        because: 'each of 60 groups was accepted exactly once',
        guards: [{ name: 'races released together', needed: 30, seen: 60 }],
        gates: [],
        facts: {
          judged: 1200,
          undecided: 0,
          unclocked: 0,
          intolerable: [],
          ended: true,
          violated: false,
        },
        terms: TERMS,
      },
    ],
    rates: [
      aRate(),
      aRate({
        metric: 'frr',
        attack: null,
        unit: 'presentation',
        trials: 1200,
        high: 0.00307,
        upper95: 0.00249,
        coverage: 0.9983,
      }),
    ],
    findings: [],
    ...NOTHING_ELSE,
    keys: { ofRun: 60, others: [] },
    profiles: [],
    series: [],
    faults: [],
    latency: [],
    generator: {
      sent: 1350,
      timed: 1350,
      dueToSentMs: { p50: 0.21, p99: 1.93, max: 4.4 },
      dueToSentHdr: '',
      dueToSentIn: [],
      dropped: 0,
      eventLoopDelayMs: { p99: 1.1 },
      starvedShare: 0,
      busyShare: 0,
      cores: 0,
      mintingBacklog: 0,
      staleConnections: 0,
    },
    notes: [],
    complete: true,
    ...change,
  }
}

/** A run that was stopped. */
export const STOPPED: RunRecord = aRecord({
  verdict: 'inconclusive',
  exitCode: 2,
  interrupted: 'stopped by SIGINT while store-partition was running',
  complete: false,
  scenarios: [],
  rates: [],
})
