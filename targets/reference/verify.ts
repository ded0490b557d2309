/** From the bytes of a credential to the facts that `decide` takes: the only place of the reference that parses a JWT. */
import { compactVerify, importJWK } from 'jose'
import type { Json } from '../../harness/model/plan.ts'
import type { KeyConfig, PartyConfig } from './config.ts'
import { publishedKeys, type PublishedKeys, type VerifyingKey } from './jwks.ts'
import { FAULTLESS_CARE, type KeyCare } from './key-cache.ts'
import type { Assertion, AssertionUsage, Party } from './decide.ts'
import type { Claims, Credential, Read } from './reading.ts'

export interface Signer extends Party {
  readonly keys: readonly VerifyingKey[]
  /** Looks for its keys where they are published, if that is due. */
  readonly ready?: (kid: Json | undefined) => Promise<void>
}

/** The registered parties, found by usage and the exact text of `iss`. */
export type Signers = ReadonlyMap<AssertionUsage, ReadonlyMap<string, Signer>>

/** Whether a text verifies under a key of the party that it names as its issuer. `all` are the parties of its usage. */
export type Verify = (
  text: string,
  header: Claims,
  signer: Signer,
  all: ReadonlyMap<string, Signer>,
) => Promise<boolean>

/** A text that is a JWT, as far as can be seen before it is verified. */
export interface Opened {
  readonly header: Claims
  readonly claims: Claims
  /** What the signature is looked for in. */
  readonly text: string
}

export type Stated = Omit<Assertion, 'usage' | 'algorithm' | 'verified' | 'text'>

/** How a text becomes facts, but for its signature. */
export interface Parser {
  /** Null when it is no JWT. */
  open(text: string): Promise<Opened | null>
  stated(claims: Claims): Stated
  /** Who may sign for a usage, by the exact text of `iss`. */
  parties(signers: Signers, usage: AssertionUsage): ReadonlyMap<string, Signer>
}

/** Unpadded base64url, three parts; jose would also take other spellings of the same bytes. */
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/

export async function signersOf(
  parties: readonly PartyConfig[],
  care: KeyCare = FAULTLESS_CARE,
): Promise<Signers> {
  const signers = new Map<AssertionUsage, Map<string, Signer>>()
  for (const { id, subject, usage, keys, jwksUri, algorithms } of parties) {
    const imported = await Promise.all(keys.map(verifyingKey))
    const published = jwksUri === undefined ? null : publishedKeys(jwksUri, care, id)
    const ofUsage = signers.get(usage) ?? new Map<string, Signer>()
    signers.set(usage, ofUsage)
    const known = {
      id,
      subject,
      usage,
      algorithms:
        algorithms ?? imported.filter(({ idle }) => !idle).map(({ algorithm }) => algorithm),
    }
    ofUsage.set(
      id,
      published === null ? { ...known, keys: imported } : publishing(known, published),
    )
  }
  return signers
}

function publishing(known: Party, published: PublishedKeys): Signer {
  return {
    ...known,
    get keys() {
      return published.keys
    },
    ready: (kid) => published.ready(kid),
  }
}

async function verifyingKey({ kid, algorithm, jwk, idle }: KeyConfig): Promise<VerifyingKey> {
  const key = await importJWK({ ...jwk }, algorithm)
  if (key instanceof Uint8Array) throw new TypeError('a party must not have a symmetric key')
  return { kid, algorithm, key, idle: idle === true }
}

/** Whatever is wrong with the bytes ends as facts; never rejects. */
export async function readAssertion(
  credential: Credential,
  signers: Signers,
  { parser, verify }: { readonly parser: Parser; readonly verify: Verify },
): Promise<Read> {
  const { text, usage } = credential
  const opened = await parser.open(text)
  if (opened === null) return unreadable(credential)
  const { header, claims } = opened
  const algorithm = typeof header['alg'] === 'string' ? header['alg'] : null
  const stated = parser.stated(claims)
  const all = parser.parties(signers, usage)
  const signer = stated.issuer === null ? null : (all.get(stated.issuer) ?? null)
  await signer?.ready?.(header['kid'])
  const verified = signer !== null && (await verify(opened.text, header, signer, all))
  return {
    assertion: { ...stated, usage, algorithm, verified, text },
    party: signer,
    type: typeOf(header),
    claims,
  }
}

export const FAULTLESS_PARSER: Parser = {
  async open(text) {
    const header = COMPACT.test(text) ? membersOf(text, 0) : null
    const claims = header === null ? null : membersOf(text, 1)
    return header === null || claims === null ? null : { header, claims, text }
  },
  stated: statedBy,
  parties: (signers, usage) => signers.get(usage) ?? new Map(),
}

/**
 * A `kid` chooses among the issuer's own keys; without one each of them is tried (RFC 7515 §4.1.4). No extension is
 * understood here, so that whatever calls one critical is refused, `b64` among them, which jose knows (RFC 7797 §7).
 */
export const verifies: Verify = async (text, header, signer) => {
  if (Object.hasOwn(header, 'crit') || !isOfUsage(header, signer)) return false
  const candidates = signer.keys.filter(
    ({ kid, algorithm }) =>
      algorithm === header['alg'] && (header['kid'] === undefined || header['kid'] === kid),
  )
  for (const { key, algorithm } of candidates) {
    const verified = await compactVerify(text, key, { algorithms: [algorithm] }).catch(() => null)
    if (verified !== null) return true
  }
  return false
}

/**
 * A client assertion that says that it is something else is taken at its word (RFC 8725 §3.12); one that says nothing, or
 * no more than that it is a JWT, is not asked (RFC 10070 §4). Elsewhere the type is looked at by whoever needs one.
 */
function isOfUsage(header: Claims, { usage }: Signer): boolean {
  if (usage !== 'client-authentication' || !Object.hasOwn(header, 'typ')) return true
  const type = typeOf(header)
  return type !== null && CLIENT_TYPES.has(type)
}

const CLIENT_TYPES: ReadonlySet<string> = new Set(['client-authentication+jwt', 'jwt'])

const TIMES = ['exp', 'nbf', 'iat']
const TEXTS = ['iss', 'sub', 'jti']

function statedBy(claims: Claims): Stated {
  const wrongTimes = TIMES.filter(
    (name) => Object.hasOwn(claims, name) && timeOf(claims, name) === null,
  )
  const wrongTexts = TEXTS.filter(
    (name) => Object.hasOwn(claims, name) && stringOf(claims, name) === null,
  )
  return {
    issuer: stringOf(claims, 'iss'),
    subject: stringOf(claims, 'sub'),
    audience: Object.hasOwn(claims, 'aud') ? (claims['aud'] ?? null) : null,
    expSeconds: timeOf(claims, 'exp'),
    nbfSeconds: timeOf(claims, 'nbf'),
    iatSeconds: timeOf(claims, 'iat'),
    jti: stringOf(claims, 'jti'),
    malformed: [...wrongTexts, ...wrongTimes],
  }
}

function unreadable({ text, usage }: Credential): Read {
  const assertion = { ...statedBy({}), usage, algorithm: null, verified: false, text }
  return { assertion, party: null, type: null, claims: {} }
}

/**
 * The header (0) or the claims (1), not yet verified: they say only whose key to try. `compactVerify` covers the very
 * same bytes.
 */
function membersOf(text: string, part: 0 | 1): Claims | null {
  try {
    const bytes = Buffer.from(text.split('.')[part] ?? '', 'base64url')
    const value: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export function isObject(value: Json): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(header: Claims): string | null {
  const type = header['typ']
  return typeof type === 'string' ? type.toLowerCase().replace(/^application\//, '') : null
}

function stringOf(claims: Claims, name: string): string | null {
  const value = Object.hasOwn(claims, name) ? claims[name] : null
  return typeof value === 'string' ? value : null
}

/** A NumericDate is a JSON number (RFC 7519 §2); `1e999` reads as infinity, which is no date. */
function timeOf(claims: Claims, name: string): number | null {
  const value = Object.hasOwn(claims, name) ? claims[name] : null
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
