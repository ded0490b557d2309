/** Defects that are written before signing: the right key signs a header and claims that no reader may take as they are. */
import type { Json } from '../model/plan.ts'
import {
  encoded,
  formOf,
  inscribed,
  option,
  type Draft,
  type Makings,
  type Members,
} from './making.ts'

export const MISREAD: Makings = [
  ['duplicate-claim', { ...inscribed(withDuplicate), reads: lastOfEach }],
  [
    'duplicate-header',
    { ...inscribed(withDuplicateHeader), truth: (_, defect) => lastAlgorithm(defect['last']) },
  ],
  ['raw-claim', { ...inscribed(withLiteral), reads: literalRead }],
  ['escaped-name', inscribed(withEscapedName)],
  ['payload-text', inscribed(withPayloadText)],
  ['header-text', inscribed(withHeaderText)],
  // RFC 8259 §8.1: a reader may pass over the mark.
  [
    'payload-mark',
    inscribed((draft) => payloadOf(draft, `\u{feff}${JSON.stringify(draft.claims)}`)),
  ],
  [
    'payload-spaced',
    inscribed((draft) => payloadOf(draft, `${JSON.stringify(draft.claims, null, 2)}\n`)),
  ],
  ['padded', inscribed(padded)],
  ['respelt', inscribed(respelt)],
  ['payload-unencoded', inscribed(unencoded)],
  ['nested', inscribed(aroundUnsigned)],
  ['nested-signed', { ...inscribed(aroundSigned), wraps: true }],
]

type Written = string | Uint8Array

/** How a text can fail to be a JSON object in UTF-8 (RFC 7519 §7.2, RFC 7515 §5.2). */
const TEXTS: Readonly<Record<string, (members: Members) => Written>> = {
  array: (members) => JSON.stringify([members]),
  string: (members) => JSON.stringify(JSON.stringify(members)),
  null: () => 'null',
  truncated: (members) => JSON.stringify(members).slice(0, -1),
  'garbage-after': (members) => `${JSON.stringify(members)}}`,
  comment: (members) => `${JSON.stringify(members).slice(0, -1)}/* of no meaning */}`,
  'trailing-comma': (members) => `${JSON.stringify(members).slice(0, -1)},}`,
  'single-quotes': (members) => JSON.stringify(members).replaceAll('"', "'"),
  'utf-16': (members) => Buffer.from(JSON.stringify(members), 'utf16le'),
  'utf-16-with-mark': (members) => Buffer.from(`\u{feff}${JSON.stringify(members)}`, 'utf16le'),
  'invalid-utf-8': (members) =>
    Buffer.from(JSON.stringify({ ...members, 'not-utf-8': 'ÿ' }), 'latin1'),
}

/** A member that stands twice: first as the source has it, then as the defect's `last`. */
function withDuplicate(draft: Draft) {
  return payloadOf(draft, twice(draft.claims, option(draft.defect, 'claim'), draft.defect['last']))
}

function withDuplicateHeader({ header, claims, defect }: Draft) {
  const text = twice(header, option(defect, 'member'), defect['last'])
  return { header: Buffer.from(text).toString('base64url'), payload: encoded(claims) }
}

function twice(members: Members, name: string, last: Json = null): string {
  return `${JSON.stringify(members).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(last)}}`
}

function lastAlgorithm(last: Json = null) {
  return { algorithm: typeof last === 'string' ? last : null }
}

function lastOfEach({ claims, defect }: Draft): Members {
  return { ...claims, [option(defect, 'claim')]: defect['last'] ?? null }
}

/** A claim as text that no serialiser would write, such as a number too large to be one. */
function withLiteral(draft: Draft) {
  const { claims, defect } = draft
  const rest = Object.entries(claims).filter(([name]) => name !== option(defect, 'claim'))
  const others = rest.map((each) => member(each[0], JSON.stringify(each[1])))
  const odd = member(option(defect, 'claim'), literalOf(draft))
  return payloadOf(draft, `{${[...others, odd].join(',')}}`)
}

/** `suffix` follows what only the moment of sending knows. */
function literalOf({ defect }: Draft): string {
  const { suffix } = defect
  return option(defect, 'literal') + (typeof suffix === 'string' ? suffix : '')
}

function member(name: string, value: string): string {
  return `${JSON.stringify(name)}:${value}`
}

function literalRead(draft: Draft): Members {
  const value: Json = JSON.parse(literalOf(draft))
  return { ...draft.claims, [option(draft.defect, 'claim')]: value }
}

/** A name whose first letter is written as an escape: the same name to whoever reads JSON (RFC 7515 §10.13). */
function withEscapedName({ header, claims, defect }: Draft) {
  const name = option(defect, 'name')
  const inHeader = option(defect, 'where') === 'header'
  const plain = JSON.stringify(inHeader ? header : claims)
  const code = (name.codePointAt(0) ?? 0).toString(16).padStart(4, '0')
  const text = plain.replace(`"${name}":`, `"\\u${code}${name.slice(1)}":`)
  if (text === plain) throw new RangeError(`there is no member ${name} to write otherwise`)
  const segment = Buffer.from(text).toString('base64url')
  return inHeader
    ? { header: segment, payload: encoded(claims) }
    : { header: encoded(header), payload: segment }
}

function withPayloadText(draft: Draft) {
  return payloadOf(draft, formOf(TEXTS, draft.defect)(draft.claims))
}

function withHeaderText({ header, claims, defect }: Draft) {
  const text = Buffer.from(formOf(TEXTS, defect)(header))
  return { header: text.toString('base64url'), payload: encoded(claims) }
}

/** Base64 with `=` at the end of the segment, which JOSE forbids (RFC 7515 §2); signed over the padded text. */
function padded({ header, claims, defect }: Draft) {
  const plain = { header: encoded(header), payload: encoded(claims) }
  switch (option(defect, 'segment')) {
    case 'header':
      return { ...plain, header: withPadding(header) }
    case 'payload':
      return { ...plain, payload: withPadding(claims) }
    default:
      throw new RangeError('only header and payload can be padded before signing')
  }
}

/** A space more behind the JSON wherever its length would need no padding. */
function withPadding(value: Members): string {
  const text = Buffer.from(JSON.stringify(value))
  const short = text.length % 3 === 0 ? Buffer.concat([text, Buffer.from(' ')]) : text
  return short.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

/** Something inside the payload's text that many decoders pass over (RFC 7515 §5.2), signed over as it stands. */
function respelt({ header, claims, defect }: Draft) {
  const payload = encoded(claims)
  const half = Math.floor(payload.length / 2)
  const inside = formOf<string>({ space: ' ', 'line-break': '\n', tab: '\t' }, defect)
  return { header: encoded(header), payload: payload.slice(0, half) + inside + payload.slice(half) }
}

/** RFC 7797 §5.2: the payload stands as it is, so that it must hold no dot. */
function unencoded({ header, claims }: Draft) {
  const payload = JSON.stringify(claims).replaceAll('.', String.raw`\u002e`)
  return { header: encoded(header), payload }
}

/** RFC 7519 §5.2: a JWT whose payload is a JWT, here one that its issuer did not sign. */
function aroundUnsigned({ header, claims }: Draft) {
  return around(header, `${encoded(header)}.${encoded(claims)}.bm9ib2R5IHNpZ25lZCB0aGlz`)
}

function aroundSigned({ header, inner }: Draft) {
  return around(header, inner)
}

function around(header: Members, inner: string) {
  return {
    header: encoded({ ...header, cty: 'JWT' }),
    payload: Buffer.from(inner).toString('base64url'),
  }
}

function payloadOf({ header }: Draft, payload: Written) {
  return { header: encoded(header), payload: Buffer.from(payload).toString('base64url') }
}
