import type { Json } from '../../../harness/model/plan.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import { FAILURE_MODES, RECOVERY } from './after-faults.ts'
import { CLOCKS } from './clocks.ts'
import { aRate, aRecord, NOTHING_ELSE, TERMS } from './records.ts'

const FACTS = {
  judged: 400,
  undecided: 8,
  unclocked: 0,
  intolerable: [],
  ended: true,
  violated: true,
} as const

/** A run in which everything is wrong that can be, by a target that says so in hostile text. */
export const SORRY: RunRecord = aRecord({
  target: { ...aRecord().target, name: 'evil\u001b[2Jtarget' },
  verdict: 'violates',
  exitCode: 1,
  checks: [
    ...aRecord().checks,
    {
      ...one(),
      id: 'rfc7523/3/aud-prefix',
      case: 'longer-path',
      verdict: 'fail',
      because:
        'an assertion for https://as.example/token/extra was accepted although the target declares its list of audiences complete',
    },
    {
      ...one(),
      id: 'rfc7523/3/exp-missing',
      case: 'absent',
      verdict: 'inconclusive',
      because: 'its control after was lost four times',
    },
    {
      ...one(),
      id: 'rfc6749/5.2/no-store',
      case: 'refusal',
      level: 'should',
      verdict: 'non-strict',
      because: 'refused without Cache-Control: no-store',
    },
    {
      ...one(),
      id: 'rfc7523/3/jti-again',
      case: 'twice',
      level: 'may',
      verdict: 'informational',
      because: 'replays are refused',
    },
    {
      ...one(),
      id: 'rfc7662/2.2/inactive',
      case: 'expired',
      verdict: 'unsupported',
      because: 'the target has no introspection endpoint',
    },
  ],
  scenarios: [
    {
      name: 'replay-race',
      question: 'Can one assertion be used twice by copies that arrive at once?',
      verdict: 'violates',
      because: '20 of 20 groups were accepted more than once',
      guards: [{ name: 'races released together', needed: 30, seen: 20 }],
      gates: [],
      facts: FACTS,
      terms: TERMS,
      derived: CLOCKS,
    },
    {
      name: 'store-partition',
      question: 'What happens to single use while one node cannot reach the replay store?',
      verdict: 'breached',
      because: 'replay (during): 40 of 60, at least 55.4 % at 95 %',
      guards: [{ name: 'pairs that crossed the cut', needed: 30, seen: 41 }],
      gates: [
        {
          gate: { metric: 'far', attack: 'replay', phase: 'during', frame: 'world', below: 0.001 },
          answer: 'failed',
          because: 'replay (during): 40 of 60, at least 55.4 % at 95 %',
        },
      ],
      facts: { ...FACTS, violated: false },
      terms: TERMS,
    },
    {
      name: 'capacity',
      question: 'Up to which rate is every answer right?',
      verdict: 'conforms',
      because: 'right up to 1,600/s; too many requests went without an answer at 3,200/s',
      guards: [],
      gates: [],
      facts: { ...FACTS, violated: false },
      terms: TERMS,
      conclusion: {
        says: 'right up to 1,600/s; too many requests went without an answer at 3,200/s',
        rungs: [
          rung(1_600, { far: [0, 960], frr: [0, 6_402], unavailability: [12, 6_414] }),
          rung(3_200, { far: [0, 1_302], frr: [0, 9_120], unavailability: [3_705, 12_825] }),
        ],
      },
    },
    {
      name: 'clock-skew',
      question: 'Does a node with a wrong clock refuse honest clients?',
      verdict: 'unsupported',
      because: 'the target has no control of clocks',
      guards: [],
      gates: [],
      facts: {
        judged: 0,
        undecided: 0,
        unclocked: 0,
        intolerable: [],
        ended: false,
        violated: false,
      },
      terms: TERMS,
    },
  ],
  rates: [
    aRate({
      events: 20,
      trials: 20,
      low: 0.8316,
      high: 1,
      lower95: 0.8609,
      upper95: 1,
      coverage: 0.95,
    }),
    aRate({
      metric: 'frr',
      attack: null,
      unit: 'presentation',
      trials: 0,
      high: 1,
      upper95: 1,
      coverage: 0,
    }),
    aRate({
      scenario: 'store-partition',
      phase: 'during',
      events: 40,
      low: 0.5332,
      high: 0.7834,
      lower95: 0.5541,
      upper95: 0.7669,
      coverage: 0.9667,
    }),
    aRate({ scenario: 'store-partition', phase: 'during', node: 'node-2' }),
    aRate({
      scenario: 'store-partition',
      metric: 'unavailability',
      attack: null,
      phase: 'during',
      unit: 'presentation',
      events: 3,
      trials: 12345,
      low: 0.0000501,
      high: 0.00071,
      upper95: 0.000628,
    }),
    aRate({ scenario: 'store-partition', frame: 'code' }),
  ],
  findings: [
    {
      id: 'replay/accepted-concurrently',
      severity: 'high',
      because:
        'Two copies of one assertion were both accepted: the second answer came 3.1 ms after the first request began.',
      obligation: 'declared',
      obliges: true,
      times: 20,
      witness: [
        {
          caseId: 'replay-race/copies/0',
          step: 'replay-race/r0/copies/0/c0',
          node: 'node-1',
          begunMs: 12_345.678,
          answeredMs: 12_348.9,
          sent: 'client assertion of honest, jti copies-0…, first copy',
          got: '200 with a token',
        },
        {
          caseId: 'replay-race/copies/0',
          step: 'replay-race/r0/copies/0/c1',
          node: null,
          begunMs: 12_345.7,
          answeredMs: null,
          sent: 'the same assertion, second copy',
          got: '\u202egnp.exe\u001b]0;owned\u0007 <script>alert(1)</script>',
        },
      ],
      spec: ['RFC 7523 §3 item 7'],
      cwe: 'CWE-294',
      controls: ['NHI4:2025'],
    },
    {
      id: 'replay/same-token-returned',
      severity: 'info',
      because: 'Both answers carried one token.',
      obligation: 'derived',
      obliges: false,
      times: 1,
      witness: [],
      spec: [],
      cwe: null,
      controls: [],
    },
  ],
  profiles: [
    {
      profile: 'oidc-core',
      verdict: 'violates',
      checks: [{ ...one(), verdict: 'fail' }],
      scenarios: [],
      rates: [],
      findings: [],
      ...NOTHING_ELSE,
      changes: [],
    },
  ],
  faults: [
    {
      scenario: 'store-partition',
      name: 'link.cut',
      on: 'node-2>store',
      rung: 'tcp-proxy',
      forgets: 'nothing',
      stages: { inflicting: 10_000, confirmed: 10_012, mending: 20_000, mended: 20_004 },
    },
    {
      scenario: 'store-partition',
      name: 'link.cut',
      on: 'node-3>store',
      rung: 'tcp-proxy',
      forgets: 'nothing',
      stages: { inflicting: 500, unconfirmed: 600, mending: 900, unmended: 5_900 },
    },
  ],
  recovery: RECOVERY,
  failureModes: FAILURE_MODES,
  generator: {
    ...aRecord().generator,
    timed: 900,
    dueToSentIn: [
      { scenario: 'baseline', hdr: '', p50Ms: 0.2, p99Ms: 0.91, maxMs: 1.2 },
      { scenario: 'burst', hdr: '', p50Ms: 0.9, p99Ms: 3.1, maxMs: 4.4 },
    ],
    dropped: 3,
    starvedShare: 0.31,
    busyShare: 0.9,
    cores: 1.62,
    mintingBacklog: 412,
    staleConnections: 1,
  },
  notes: [
    'honest and hostile share one client: effects of the one on the other are not told apart',
  ],
})

function one(): RunRecord['checks'][number] {
  return {
    id: 'rfc7523/3/x',
    usage: 'client-authentication',
    case: 'x',
    caseId: 'rfc7523/3/x:ca:x',
    section: 'RFC 7523 §3',
    level: 'must',
    verdict: 'pass',
    because: '',
    asked: 1,
    expected: 'reject',
    seen: 'accepted',
  }
}

function rung(perSecond: number, rates: Readonly<Record<string, readonly [number, number]>>): Json {
  const counted = Object.entries(rates).map(([metric, [events, trials]]) => [
    metric,
    { events, trials },
  ])
  return {
    perSecond,
    fromDueP50Ms: 1.2,
    fromDueP99Ms: 9.4,
    dueToBegunP99Ms: 1.1,
    rates: Object.fromEntries(counted),
  }
}
