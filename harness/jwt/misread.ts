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
  ['raw-claim', { ...inscribed(withLiteral), reads: literalRead }],
  ['payload-text', inscribed(withPayloadText)],
  [
    'payload-spaced',
    inscribed((draft) => payloadOf(draft, `${JSON.stringify(draft.claims, null, 2)}\n`)),
  ],
  ['padded', inscribed(padded)],
  ['payload-unencoded', inscribed(unencoded)],
]

/** How a payload can fail to be a JSON object in UTF-8 (RFC 7519 §7.2). */
const PAYLOADS: Readonly<Record<string, (claims: Members) => string | Uint8Array>> = {
  array: (claims) => JSON.stringify([claims]),
  string: (claims) => JSON.stringify(JSON.stringify(claims)),
  null: () => 'null',
  truncated: (claims) => JSON.stringify(claims).slice(0, -1),
  'garbage-after': (claims) => `${JSON.stringify(claims)}}`,
  'utf-16': (claims) => Buffer.from(JSON.stringify(claims), 'utf16le'),
  'invalid-utf-8': (claims) =>
    Buffer.from(JSON.stringify({ ...claims, 'not-utf-8': 'ÿ' }), 'latin1'),
}

/** A member that stands twice: first as the source has it, then as the defect's `last`. */
function withDuplicate(draft: Draft) {
  const last = JSON.stringify(draft.defect['last'] ?? null)
  const twice = `,${JSON.stringify(option(draft.defect, 'claim'))}:${last}}`
  return payloadOf(draft, JSON.stringify(draft.claims).slice(0, -1) + twice)
}

function lastOfEach({ claims, defect }: Draft): Members {
  return { ...claims, [option(defect, 'claim')]: defect['last'] ?? null }
}

/** A claim as text that no serialiser would write, such as a number too large to be one. */
function withLiteral(draft: Draft) {
  const { claims, defect } = draft
  const rest = Object.entries(claims).filter(([name]) => name !== option(defect, 'claim'))
  const others = rest.map((each) => member(each[0], JSON.stringify(each[1])))
  const odd = member(option(defect, 'claim'), option(defect, 'literal'))
  return payloadOf(draft, `{${[...others, odd].join(',')}}`)
}

function member(name: string, value: string): string {
  return `${JSON.stringify(name)}:${value}`
}

function literalRead({ claims, defect }: Draft): Members {
  const value: Json = JSON.parse(option(defect, 'literal'))
  return { ...claims, [option(defect, 'claim')]: value }
}

function withPayloadText(draft: Draft) {
  return payloadOf(draft, formOf(PAYLOADS, draft.defect)(draft.claims))
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

/** RFC 7797 §5.2: the payload stands as it is, so that it must hold no dot. */
function unencoded({ header, claims }: Draft) {
  const payload = JSON.stringify(claims).replaceAll('.', String.raw`\u002e`)
  return { header: encoded(header), payload }
}

function payloadOf({ header }: Draft, payload: string | Uint8Array) {
  return { header: encoded(header), payload: Buffer.from(payload).toString('base64url') }
}
