/** What makes one kind of defect, and what it makes of the truth; the words that the tables of defects are written in. */
import type { Truth } from '../model/history.ts'
import type { Defect, Json } from '../model/plan.ts'
import type { PrivateJwk } from './keys.ts'

export type Members = Readonly<Record<string, Json>>

export interface Segments {
  readonly header: string
  readonly payload: string
  readonly signature: string
}

/** An assertion that nobody has signed yet. The defect's markers are filled in, like those of the claims. */
export interface Draft {
  readonly header: Members
  readonly claims: Members
  readonly defect: Defect
  /** The finished text of the right one, where what is made wraps it. */
  readonly inner: string
}

/** One row of a table of defects. */
export interface Making {
  /** Whether the named issuer's key never signed what results. */
  readonly breaksAuthenticity: boolean
  /** The first two segments, where they are not simply the base64url of compact JSON. */
  readonly inscribe?: (draft: Draft) => Omit<Segments, 'signature'>
  /** Whether it holds the right assertion inside, signed by the right key. */
  readonly wraps?: true
  /** Who signs in the key's place. `key` is the one that a right assertion would be signed with. */
  readonly sign?: (input: string, defect: Defect, key: PrivateJwk) => Uint8Array
  /** What is done to the finished text; null where nothing can be once it is signed. */
  readonly alter: ((segments: Segments, defect: Defect) => Segments | string) | null
  /** What a reader finds who takes the last of several members, where that is not what the source says. */
  readonly reads?: (draft: Draft) => Members
  /** What else becomes so. */
  readonly truth?: (truth: Truth, defect: Defect) => Partial<Truth>
  /** Whether these bytes show the defect once they are altered; any do, where absent. */
  readonly suits?: (segments: Segments, defect: Defect) => boolean
}

export type Makings = readonly (readonly [kind: string, Making])[]

/** A finished text altered so that the signature no longer speaks for it. */
export function forged(alteration: NonNullable<Making['alter']>): Making {
  return { breaksAuthenticity: true, alter: alteration }
}

/** Written otherwise and then signed by the right key. */
export function inscribed(inscribe: NonNullable<Making['inscribe']>): Making {
  return { breaksAuthenticity: false, inscribe, alter: null }
}

export function cut(text: string): Segments {
  const [header, payload, signature, ...more] = text.split('.')
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
    throw new RangeError('a compact JWS has three segments')
  }
  return { header, payload, signature }
}

export function joined({ header, payload, signature }: Segments): string {
  return `${header}.${payload}.${signature}`
}

export function octets(segment: string): Buffer {
  return Buffer.from(segment, 'base64url')
}

/** How the JSON of a header or of claims is written, where that is not plainly. */
export interface Writing {
  /** White space to indent it with. */
  readonly indent?: string
  /** What of it is written in escapes. */
  readonly escapes?: 'names' | 'letters'
}

export function encoded(value: Json, { indent = '', escapes }: Writing = {}): string {
  const json = JSON.stringify(value, null, indent)
  return Buffer.from(escapes === undefined ? json : escaped(json, escapes)).toString('base64url')
}

/** A JSON text with every letter of its names, or of all its strings, as an escape (RFC 8259 §7). */
function escaped(json: string, what: 'names' | 'letters'): string {
  return json.replace(/"((?:[^"\\]|\\.)*)"(?=(\s*:)?)/g, (whole, inner: string, colon?: string) => {
    if (what === 'names' && colon === undefined) return whole
    const letters = inner.replace(/\\.|[A-Za-z]/g, (each) =>
      each.startsWith('\\') ? each : unicodeEscape(each),
    )
    return `"${letters}"`
  })
}

function unicodeEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

export function parsed(segment: string): Members {
  const value: unknown = JSON.parse(octets(segment).toString())
  if (isObject(value)) return value
  throw new RangeError('the segment holds no JSON object')
}

/** A member of a defect that must be a text. */
export function option(defect: Defect, name: string): string {
  const value = defect[name]
  if (typeof value === 'string') return value
  throw new RangeError(`${defect.kind} needs a ${name}, not ${JSON.stringify(value)}`)
}

/** The row of a small table that a defect's `form` names. */
export function formOf<Form>(forms: Readonly<Record<string, Form>>, defect: Defect): Form {
  const name = option(defect, 'form')
  const found = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (found !== undefined) return found
  throw new RangeError(`${defect.kind} has no form ${JSON.stringify(name)}`)
}

/** What JSON.parse returned is Json; only its shape is in question. */
function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
