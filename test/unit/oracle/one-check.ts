/** One check of one case between two controls, and histories of it. */
import type { Level } from '../../../harness/model/check.ts'
import type { Answer, Observation, Truth } from '../../../harness/model/history.ts'
import type { JudgedCase, Judging } from '../../../harness/model/judging.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import { asked, granted, judged, judgingWith, presented, truthAt, whole } from './histories.ts'

export const CASE = 'doc/1/check:ca:case'

export function row(
  deserves: Expectation['deserves'],
  more: Partial<Expectation> = {},
): Expectation {
  return {
    step: `checks/r0/${CASE}/ask`,
    part: 'client_assertion',
    when: {},
    deserves,
    errors: [],
    because: 'it says so',
    ...more,
  }
}

export interface Given {
  readonly expects?: readonly Expectation[]
  readonly level?: Level
  readonly strict?: boolean
  readonly profiles?: readonly string[]
}

export function judgingOf({
  expects = [row('reject')],
  level = 'must',
  strict = false,
  profiles = ['rfc7523bis'],
}: Given = {}): Judging {
  const its: JudgedCase = {
    caseId: CASE,
    check: 'doc/1/check',
    usage: 'client-authentication',
    name: 'case',
    finding: 'signature/invalid-accepted',
    block: 'ca-1',
    steps: expects.map(({ step }) => step),
    expects,
    profiles,
  }
  return judgingWith({
    strict,
    blocks: [{ id: 'ca-1', usage: 'client-authentication', profiles }],
    checks: [
      {
        id: 'doc/1/check',
        title: 'A check',
        section: 'DOC §1',
        level,
        requirement: 'It must.',
        unsupported: { 'jg:other': 'the target has no grant' },
        cases: [its],
      },
    ],
  })
}

export const FORGED: Partial<Truth> = { authentic: false, defect: { kind: 'signature-bit' } }

export function control(
  which: string,
  at: number,
  answer: Answer,
  principal = 'honest',
): Observation {
  const caseId = `control/ca-1/${which}`
  return asked({ step: `checks/r0/${caseId}`, caseId, at, answer, principal })
}

export function stimulus(
  answer: Answer,
  truth: Partial<Truth> = FORGED,
  step = 'ask',
): Observation {
  const made = truthAt(2, { jti: `stimulus-${step}`, ...truth })
  return asked({
    step: `checks/r0/${CASE}/${step}`,
    caseId: CASE,
    at: 2,
    answer,
    presented: [presented(made)],
  })
}

export function told(events: readonly Observation[], given: Given = {}, profile = 'rfc7523bis') {
  const { checks, convictions } = judged(judgingOf(given), whole(events), profile)
  return { result: checks.find(({ caseId }) => caseId === CASE), convictions }
}

export const BEFORE = control('before', 1, granted())
export const AFTER = control('after', 3, granted())
