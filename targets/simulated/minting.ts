/** The credentials of simulated clients: what is so of each, its replay key, and what a node reads of it. */
import { alteredTruth } from '../../harness/jwt/alter.ts'
import { resolve } from '../../harness/jwt/template.ts'
import type { Change } from '../../harness/model/check.ts'
import type { Truth } from '../../harness/model/history.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Principal, TargetFacts } from '../../harness/model/target.ts'
import type { AssertionUsage } from '../reference/decide.ts'
import type { Read } from '../reference/reading.ts'
import { NO_TRUTH, readTruth, type PartyOf } from './truth.ts'
import type { Saying } from './world.ts'

export interface Minted {
  readonly usage: AssertionUsage
  readonly part: string
  readonly key: string | null
  readonly truth: Truth
  readonly read: Read
}

export interface Times {
  readonly iatUs: number
  readonly expUs: number
  readonly nbfUs: number | null
}

/** One party that mints. */
export interface Minter {
  /** A right assertion, in whole seconds. `stem` makes its identifier one of its own in the run. */
  right(stem: string, times: Times): Minted
  /** Under the same identifier something else. */
  saying(right: Minted, says: Saying): Minted
  /** As a stream changes its assertions. */
  changed(right: Minted, change: Change, atUs: number): Minted
}

const PARTS = {
  'client-authentication': 'client_assertion',
  'authorization-grant': 'assertion',
} as const

export interface MintingContext {
  readonly facts: Pick<TargetFacts, 'issuer'>
  readonly runId: string
  readonly partyOf: PartyOf
}

/** @throws {RangeError} When the party's credentials are no assertions. */
export function minterOf(
  { id, subject, usage, keys, name }: Principal,
  { facts, runId, partyOf }: MintingContext,
): Minter {
  if (usage !== 'client-authentication' && usage !== 'authorization-grant')
    throw new RangeError(`${name} signs no assertions`)
  const part = PARTS[usage]
  const algorithm = keys[0]?.algorithm ?? null
  // As the driver writes it: the endpoint, the usage, the issuer and the identifier.
  const scope = JSON.stringify(['token', usage, id]).slice(0, -1)
  const minted = (truth: Truth, text: string): Minted => ({
    usage,
    part,
    key: keyOf(scope, id, truth),
    truth,
    read: readTruth(truth, { text, usage }, partyOf),
  })
  return {
    right(stem, { iatUs, expUs, nbfUs }) {
      const jti = stem + runId
      const truth: Truth = {
        issuer: id,
        subject,
        audience: facts.issuer,
        authentic: true,
        algorithm,
        jti,
        expUs,
        nbfUs,
        iatUs,
        defect: null,
      }
      return minted(truth, jti)
    },
    saying: (right, says) =>
      says === 'genuine' ? right : minted(said(right.truth, says), `${right.truth.jti} ${says}`),
    changed(right, change, atUs) {
      const truth = changed(right.truth, change, { atUs, runId })
      return minted(truth, `${truth.jti} ${JSON.stringify(change.defect)}`)
    },
  }
}

function keyOf(scope: string, id: string, { issuer, jti }: Truth): string | null {
  // Identifiers of simulated clients hold nothing that JSON would write otherwise.
  return issuer === id && jti !== null ? `${scope},"${jti}"]` : null
}

/** Somebody else, whoever is asked. */
const FOREIGN = 'https://another-server.cupel.example'

const SIGNED_AGAIN_US = 5_000_000

function said(truth: Truth, says: Exclude<Saying, 'genuine'>): Truth {
  switch (says) {
    case 'forged':
      return alteredTruth(truth, { kind: 'signature-bit' })
    case 'other-bytes':
      return alteredTruth(truth, { kind: 'signature-trailing-bits' })
    case 'signed-again':
      return { ...truth, expUs: (truth.expUs ?? 0) + SIGNED_AGAIN_US }
    case 'foreign-audience':
      return { ...truth, audience: FOREIGN, defect: { kind: 'audience', form: 'foreign' } }
  }
}

/** Of a stream's changes those of claims and of the signature; nothing is known of headers here. */
function changed(
  truth: Truth,
  { set = {}, drop = [], defect }: Change,
  moment: { readonly atUs: number; readonly runId: string },
): Truth {
  let told = truth
  for (const [name, value] of Object.entries(set))
    told = { ...told, ...memberOf(name, resolve(value, moment)) }
  for (const name of drop) told = { ...told, ...memberOf(name, null) }
  return defect === null ? told : alteredTruth(told, defect)
}

const MEMBERS: Readonly<Record<string, keyof Truth>> = {
  iss: 'issuer',
  sub: 'subject',
  aud: 'audience',
  jti: 'jti',
  exp: 'expUs',
  nbf: 'nbfUs',
  iat: 'iatUs',
}

function memberOf(name: string, value: Json): Partial<Truth> {
  const member = MEMBERS[name]
  if (member === undefined || !(member in NO_TRUTH))
    throw new RangeError(`a simulated client cannot change ${name}`)
  return { [member]: member.endsWith('Us') && typeof value === 'number' ? value * 1e6 : value }
}
