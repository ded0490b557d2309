/** Short hands for the commonest case: one request with one change. */
import type {
  CaseDraft,
  Change,
  Declared,
  ExpectationDraft,
  FormChange,
  HttpDraft,
  Need,
  PartDraft,
  StepDraft,
} from '../harness/model/check.ts'
import type { Defect, Json, Usage } from '../harness/model/plan.ts'

export const BOTH: readonly Usage[] = ['client-authentication', 'authorization-grant']
/** Whatever is verified as a JWT, a bearer token included. */
export const ALL: readonly Usage[] = [...BOTH, 'bearer-token']
export const CLIENT: readonly Usage[] = ['client-authentication']
export const GRANT: readonly Usage[] = ['authorization-grant']
export const TOKEN: readonly Usage[] = ['bearer-token']
export const PROOF: readonly Usage[] = ['dpop-proof']

/** The control as it is. */
export const UNCHANGED: Change = { defect: null }

/** No credential: the request itself is asked about. */
export const NOTHING: readonly PartDraft[] = [{ kind: 'nothing' }]

export interface Extra {
  readonly finding?: string
  readonly refusal?: string
  readonly needs?: readonly Need[]
  readonly usages?: readonly Usage[]
  readonly form?: FormChange
  readonly http?: HttpDraft
  readonly endpoint?: StepDraft['endpoint']
  readonly parts?: readonly PartDraft[]
  /** Error codes that are right for a refusal, where the usage does not settle them. */
  readonly errors?: readonly string[]
  /** Statuses that are a refusal, whatever stands in the body. */
  readonly statuses?: readonly number[]
  /** What must not be wrong with the answer, each with the finding that it is. */
  readonly faults?: Readonly<Record<string, string>>
}

/** A row of a table about the one request. */
export type Row = Pick<
  ExpectationDraft,
  'when' | 'usages' | 'declared' | 'deserves' | 'because' | 'onceAccepted'
>

/** One request that must be refused: the control with `change` made. */
export function refused(
  name: string,
  change: Change,
  because: string,
  extra: Extra = {},
): CaseDraft {
  return tabled(name, change, [{ deserves: 'reject', because }], extra)
}

/** One request that must be accepted: the control with `change` made. */
export function accepted(
  name: string,
  change: Change,
  because: string,
  extra: Extra = {},
): CaseDraft {
  return tabled(name, change, [{ deserves: 'accept', because }], extra)
}

/** One request of which no document says what becomes of it: asked to be told, never to be failed. */
export function told(name: string, change: Change, because: string, extra: Extra = {}): CaseDraft {
  return tabled(name, change, [{ deserves: 'either', because }], extra)
}

/**
 * One request that names another issuer than its own. Whoever takes JWT-SVIDs goes by the trust domain in the subject and
 * need not look at the issuer (JWT-SVID §3.1, §4).
 */
export function misissued(
  name: string,
  change: Change,
  because: string,
  extra: Extra = {},
): CaseDraft {
  const rows = ofIssuer(because, { without: 'spiffe' }, SVID)
  return tabled(name, change, rows, extra)
}

/**
 * One request that names no issuer, or something that cannot be one. A token of RFC 9068 must have one; elsewhere a token
 * need not (RFC 7519 §4.1.1), and of what is no text nobody can say whose key it calls for (RFC 8725 §3.8).
 */
export function unissued(
  name: string,
  change: Change,
  because: string,
  extra: Extra = {},
): CaseDraft {
  const declared = { with: 'at-jwt', without: 'spiffe' } as const
  const open = 'of tokens only those of RFC 9068 must name an issuer, and JWT-SVIDs need not either'
  return tabled(name, change, ofIssuer(because, declared, open), extra)
}

const SVID = 'a JWT-SVID says by its subject whose it is'

/** @param declared Where a token that is wrong so must be refused. */
function ofIssuer(because: string, declared: Declared, ofTokens: string): readonly Row[] {
  return [
    { usages: CLIENT, when: { 'iss.ca.required': false }, deserves: 'either', because: SVID },
    { usages: TOKEN, declared, deserves: 'reject', because },
    { usages: TOKEN, deserves: 'either', because: ofTokens },
    { deserves: 'reject', because },
  ]
}

/** One request whose answer depends on the profile, or on what the target declares. */
export function tabled(
  name: string,
  change: Change,
  rows: readonly Row[],
  extra: Extra = {},
): CaseDraft {
  const { errors, statuses, faults, form, http, endpoint, parts, ...rest } = extra
  // Where a profile leaves it open, nothing can be wrong with the answer either.
  const answersFor = ({ deserves }: Row) => ({
    ...(errors === undefined ? {} : { errors }),
    ...(statuses === undefined ? {} : { statuses }),
    ...(faults === undefined || deserves === 'either' ? {} : { faults }),
  })
  const step: StepDraft = {
    name: 'ask',
    ...(parts === undefined ? { change } : { parts }),
    ...(form === undefined ? {} : { form }),
    ...(http === undefined ? {} : { http }),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
  return {
    ...rest,
    name,
    steps: [step],
    expects: rows.map((row) => ({ step: 'ask', ...row, ...answersFor(row) })),
  }
}

/** The control with one claim set, wrong in the way that the defect names. */
export function claim(name: string, value: Json, defect: Defect | null): Change {
  return { set: { [name]: value }, defect }
}
