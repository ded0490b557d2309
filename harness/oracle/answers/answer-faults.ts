/** What is wrong with an answer that is right in substance: its form, and what it says besides. */
import type { Answer } from '../../model/history.ts'
import type { JudgedTarget } from '../../model/judging.ts'
import type { Expectation } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Controls } from '../checks/blocks.ts'
import { metadataFaults } from './metadata-faults.ts'
import type { Sighting } from '../sighting.ts'

type Reply = Extract<Answer, { kind: 'reply' }>

interface Surroundings {
  readonly policy: Policy
  readonly target: JudgedTarget
  readonly controls: Controls
}

/**
 * How long a token may live past the assertion that it was given for before that counts as "a significant period"
 * (RFC 7521 §4.1 gives no number), in seconds.
 */
const SIGNIFICANT_SECONDS = 3600

export interface Fault {
  readonly fault: string
  readonly finding: string
  readonly because: string
}

/** The first fault that a row speaks of; null if none is there. */
export function faultOf(
  { faults = {} }: Expectation,
  sighting: Sighting,
  surroundings: Surroundings,
): Fault | null {
  const { answer } = sighting.observation
  if (answer.kind === 'none') return null
  const found = new Set([...answer.form, ...further(answer, sighting, surroundings)])
  for (const [fault, finding] of Object.entries(faults)) {
    if (found.has(fault)) return { fault, finding, because: wordsOf(fault) }
  }
  return null
}

/** Faults of form that no row has to name: what a profile's parameters make of an answer. */
export function furtherFormFaults(
  row: Expectation,
  { observation: { answer }, presentation }: Sighting,
  policy: Policy,
): readonly string[] {
  if (answer.kind === 'none') return []
  const { status } = answer
  const refused = presentation.usage === 'client-authentication' && status >= 400 && status < 500
  // Histories from before these parameters do not have them.
  const statuses = row.statuses ?? policy['err.ca.status'] ?? [status]
  return [
    ...(refused && !answer.form.includes('status') && !statuses.includes(status)
      ? [`status ${status}`]
      : []),
    ...(policy['hdr.pragma'] === 'required' && isUnpragmatic(answer) ? ['pragma-missing'] : []),
  ]
}

function further(
  answer: Reply,
  { presentation: { truth }, observation }: Sighting,
  { target, controls }: Surroundings,
): readonly string[] {
  const { issued, metadata } = answer
  const leftSeconds =
    truth.expUs === null ? Infinity : (truth.expUs - (observation.answeredUs ?? 0)) / 1e6
  const outlives = (issued?.expiresSeconds ?? 0) - leftSeconds > SIGNIFICANT_SECONDS
  const faults: readonly (readonly [string, boolean])[] = [
    ['refresh-token', issued?.refresh === true],
    ['outlives-assertion', outlives],
    ['not-401', answer.status !== 401],
    ['not-bound', issued !== undefined && issued.type?.toLowerCase() !== 'dpop'],
    ['pragma-missing', isUnpragmatic(answer)],
  ]
  return [
    ...faults.filter(([, found]) => found).map(([name]) => name),
    ...(metadata === undefined ? [] : metadataFaults(metadata, target, controls)),
  ]
}

/** RFC 6749 §5.1. */
function isUnpragmatic({ issued, headers }: Reply): boolean {
  return issued !== undefined && !/(^|[\s,])no-cache($|[\s,])/i.test(headers['pragma'] ?? '')
}

const WORDS: Readonly<Record<string, string>> = {
  'refresh-token': 'a refresh token came with the token',
  'outlives-assertion': 'the token lives far longer than the assertion it was given for',
  'not-bound': 'the token that was given for a proof is not bound to its key',
  'issuer-differs': 'its metadata names another issuer than the one it was asked for',
  'issuer-form': 'its issuer has a query or a fragment',
  'algorithms-absent':
    'its metadata offers assertions and does not say which algorithms they may have',
  'algorithms-none': 'its metadata offers to take assertions that nobody signed',
  'algorithms-without-rs256': 'its metadata does not offer the algorithm that everybody must know',
  'algorithm-unadvertised': 'it accepts an algorithm that its metadata does not offer',
  'asymmetric-unadvertised': 'its metadata offers no way to authenticate but by a secret',
  'grant-unadvertised': 'its metadata names the profile of a grant and not the grant',
  'not-401': 'a failure by way of a header is 401 and nothing else',
  'challenge-missing': 'a 401 came without a challenge',
  'no-store-missing': 'nothing forbids caches to store the token',
  'inactive-told': 'more is told of a token that is not active than that',
}

function wordsOf(fault: string): string {
  return WORDS[fault] ?? `the answer is not in form: ${fault}`
}
