import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FaultEvent, HistoryEvent, Observation } from '../../../harness/model/history.ts'
import { readHistory } from '../../../harness/history/reader.ts'

/** A folder that is gone when the test has finished. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-history-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

export async function readAll(file: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = []
  for await (const event of readHistory(file)) events.push(event)
  return events
}

export const HEADER: Extract<HistoryEvent, { kind: 'header' }> = {
  kind: 'header',
  format: 1,
  tool: 'cupel 0.0.0',
  runId: 'AAAAAAAAAAAAAAAAAAAAAA',
  seed: '7',
  startedUs: 1_700_000_000_000_000,
  judging: { asked: ['rfc7523'] },
}

export function aRound(round: number, steps: number): HistoryEvent {
  return { kind: 'round', scenario: 's', round, steps, digest: 'd' }
}

export function anObservation(step: string, change: Partial<Observation> = {}): Observation {
  return {
    kind: 'observed',
    step,
    attempt: 1,
    caseId: 's/a/0',
    scenario: 's',
    round: 0,
    endpoint: 'token',
    node: null,
    principal: 'honest',
    connection: 1,
    reused: false,
    dueUs: 1,
    begunUs: 2,
    releasedUs: 3,
    answeredUs: 4,
    presented: [
      {
        part: 'client_assertion',
        usage: 'client-authentication',
        key: 'k',
        last: true,
        truth: {
          issuer: 'i',
          subject: 'i',
          audience: ['https://as.example'],
          authentic: true,
          algorithm: 'ES256',
          jti: 'j',
          expUs: 5,
          nbfUs: null,
          iatUs: 1,
          defect: null,
        },
      },
    ],
    answer: {
      kind: 'reply',
      status: 401,
      code: 'invalid_client',
      active: null,
      headers: {},
      token: null,
      form: [],
      bytes: 30,
      excerpt: 'déjà vu',
    },
    ...change,
  }
}

export function aFault(stage: FaultEvent['stage']): FaultEvent {
  return {
    kind: 'fault',
    scenario: 's',
    fault: 'link.cut',
    on: 'node-2>store',
    rung: 'tcp-proxy',
    forgets: 'nothing',
    stage,
    atUs: 10,
    seen: null,
  }
}

/** A short history of two rounds, without its footer. */
export const EVENTS: readonly HistoryEvent[] = [
  HEADER,
  aRound(0, 2),
  anObservation('s/r0/a/0/c0'),
  anObservation('s/r0/a/0/c1', { answeredUs: null, answer: { kind: 'none', cause: 'timeout' } }),
  { kind: 'clock', node: 'node-1', source: 'hook', atUs: 5, lowUs: -3, highUs: 4 },
  aFault('inflicting'),
  aRound(1, 1),
  anObservation('s/r1/a/0/c0', {
    round: 1,
    begunUs: null,
    releasedUs: null,
    answeredUs: null,
    answer: { kind: 'none', cause: 'unsent' },
  }),
  { kind: 'measured', name: 'm', node: null, value: 1.5, atUs: 9 },
  { kind: 'concluded', scenario: 's', result: { done: true } },
]
