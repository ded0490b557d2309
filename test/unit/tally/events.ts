import type { FaultEvent, HistoryEvent, Observation } from '../../../harness/model/history.ts'

/** An honest request, due at 1 s, begun 1 ms later and answered 5 ms after that; a test names what differs. */
export function anObservation(change: Partial<Observation> = {}): Observation {
  return {
    kind: 'observed',
    step: 's/r0/a/0/c0',
    attempt: 1,
    caseId: 's/a/0',
    scenario: 's',
    round: 0,
    endpoint: 'token',
    node: 'node-1',
    principal: 'honest',
    connection: 1,
    reused: true,
    dueUs: 1_000_000,
    begunUs: 1_001_000,
    releasedUs: 1_001_500,
    answeredUs: 1_006_000,
    presented: [],
    answer: {
      kind: 'reply',
      status: 200,
      code: null,
      active: null,
      headers: {},
      token: 't1',
      form: [],
      bytes: 100,
      excerpt: '',
    },
    ...change,
  }
}

export function aFaultEvent(
  stage: FaultEvent['stage'],
  atUs: number,
  on = 'node-2>store',
): FaultEvent {
  return {
    kind: 'fault',
    scenario: 's',
    fault: 'link.cut',
    on,
    rung: 'tcp-proxy',
    forgets: 'nothing',
    stage,
    atUs,
    seen: null,
  }
}

export function aHeader(startedUs = 0): Extract<HistoryEvent, { kind: 'header' }> {
  return {
    kind: 'header',
    format: 1,
    tool: 'cupel 0.0.0',
    runId: 'AAAAAAAAAAAAAAAAAAAAAA',
    seed: '7',
    startedUs,
    judging: {},
  }
}
