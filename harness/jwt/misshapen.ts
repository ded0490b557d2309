/** Defects of finished bytes: what the right key signed, in a shape that is no compact JWS or no signature. */
import type { Defect } from '../model/plan.ts'
import {
  encoded,
  forged,
  formOf,
  joined,
  octets,
  option,
  parsed,
  type Makings,
  type Segments,
} from './making.ts'
import { P256_OCTETS, P256_ORDER, toOctets } from './p256.ts'

export const MISSHAPEN: Makings = [
  ['segments', forged((segments, defect) => formOf(SHAPES, defect)(segments))],
  ['json-serialization', forged((segments, defect) => formOf(SERIALIZATIONS, defect)(segments))],
  ['header-member', forged(withHeaderMember)],
  [
    'signature-padded',
    forged(({ signature, ...rest }) => ({ ...rest, signature: `${signature}==` })),
  ],
  ['signature-der', forged(withDer)],
  [
    'signature-octets',
    {
      ...forged(withOctets),
      suits: (segments, defect) =>
        defect['form'] !== 'shortened' || octets(segments.signature)[0] === 0,
    },
  ],
  ['signature-values', forged(withValues)],
  ['eddsa-signature', forged(withEddsa)],
  [
    'signature-respelt',
    { ...forged(withRespelling), suits: (segments, defect) => isRespelt(segments, defect) },
  ],
  ['character', forged(withCharacter)],
  [
    'joined',
    forged((segments, defect) => [1, 2].map(() => joined(segments)).join(between(defect))),
  ],
  // Whoever trims what was sent before reading it may take it.
  [
    'surrounded',
    {
      breaksAuthenticity: false,
      alter: (segments, defect) =>
        option(defect, 'before') + joined(segments) + option(defect, 'after'),
    },
  ],
]

const SHAPES: Readonly<Record<string, (segments: Segments) => string>> = {
  one: ({ header, payload, signature }) => header + payload + signature,
  two: ({ header, payload }) => `${header}.${payload}`,
  four: (segments) => `${joined(segments)}.anAdditionalSegment`,
  five: (segments) => `${joined(segments)}.anAdditionalSegment.andAnother`,
  'leading-dot': (segments) => `.${joined(segments)}`,
  'trailing-dot': (segments) => `${joined(segments)}.`,
}

/** RFC 7515 §7.2: the same signed object, in the form that a JWT never has (RFC 7519 §1). */
const SERIALIZATIONS: Readonly<Record<string, (segments: Segments) => string>> = {
  flattened: ({ header, payload, signature }) =>
    JSON.stringify({ payload, protected: header, signature }),
  general: ({ header, payload, signature }) =>
    JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
  // Cut at its dots it has three segments, the middle one right.
  'with-dots': ({ header, payload, signature }) =>
    JSON.stringify({ note: `.${payload}.`, payload, protected: header, signature }),
}

/** A member more in the header that nobody signed. */
function withHeaderMember(segments: Segments): Segments {
  return { ...segments, header: encoded({ ...parsed(segments.header), 'x-cupel': 'unsigned' }) }
}

/** ECDSA-Sig-Value (RFC 3279 §2.2.3), as most other protocols have it and JOSE does not (RFC 7518 §3.4). */
function withDer(segments: Segments): Segments {
  const both = signatureOf(segments)
  const content = Buffer.concat([
    derInteger(both.subarray(0, P256_OCTETS)),
    derInteger(both.subarray(P256_OCTETS)),
  ])
  return signedAs(segments, Buffer.concat([Buffer.of(0x30, content.length), content]))
}

function derInteger(value: Buffer): Buffer {
  const start = value.findIndex((octet) => octet !== 0)
  const significant = value.subarray(start < 0 ? value.length - 1 : start)
  const positive =
    (significant[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), significant]) : significant
  return Buffer.concat([Buffer.of(0x02, positive.length), positive])
}

/** `shortened` leaves out a zero that r begins with: whoever pads it again finds a signature that verifies. */
function withOctets(segments: Segments, defect: Defect): Segments {
  const both = signatureOf(segments)
  switch (option(defect, 'form')) {
    case 'shortened':
      return signedAs(segments, both.subarray(1))
    case 'lengthened':
      return signedAs(segments, Buffer.concat([both, Buffer.of(0)]))
    default:
      throw new RangeError('signature-octets has the forms shortened and lengthened')
  }
}

/** Values that no signature has: 1 ≤ r, s < n (FIPS 186-5 §6.4.2). */
function withValues(segments: Segments, defect: Defect): Segments {
  const both = signatureOf(segments)
  const [r, s] = [both.subarray(0, P256_OCTETS), both.subarray(P256_OCTETS)]
  const zero = Buffer.alloc(P256_OCTETS)
  const forms: Readonly<Record<string, Buffer>> = {
    'both-zero': Buffer.concat([zero, zero]),
    'r-zero': Buffer.concat([zero, s]),
    's-order': Buffer.concat([r, toOctets(P256_ORDER)]),
    's-before-r': Buffer.concat([s, r]),
  }
  return signedAs(segments, formOf(forms, defect))
}

const ED25519_OCTETS = 64

/** The order of the base point, which no S reaches (RFC 8032 §5.1.7). */
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** `order-added` verifies wherever the reader does not look how large S is. */
function withEddsa(segments: Segments, defect: Defect): Segments {
  const whole = octets(segments.signature)
  if (parsed(segments.header)['alg'] !== 'EdDSA' || whole.length !== ED25519_OCTETS) {
    throw new RangeError('the defect needs an Ed25519 signature')
  }
  const s = BigInt(`0x${Buffer.from(whole.subarray(32).toReversed()).toString('hex')}`)
  const sum = Buffer.from((s + ED25519_ORDER).toString(16).padStart(64, '0'), 'hex')
  const forms: Readonly<Record<string, Buffer>> = {
    shortened: whole.subarray(0, -1),
    lengthened: Buffer.concat([whole, Buffer.of(0)]),
    'order-added': Buffer.concat([whole.subarray(0, 32), sum.toReversed()]),
  }
  return signedAs(segments, formOf(forms, defect))
}

/** The same octets to a decoder that is not strict (RFC 7515 §2, RFC 4648 §3.3). */
const RESPELLINGS: Readonly<Record<string, (signature: string) => string>> = {
  'standard-alphabet': (signature) => signature.replaceAll('-', '+').replaceAll('_', '/'),
  space: (signature) => `${signature.slice(0, 20)} ${signature.slice(20)}`,
  'line-break': (signature) => `${signature.slice(0, 20)}\n${signature.slice(20)}`,
}

function withRespelling(segments: Segments, defect: Defect): Segments {
  return { ...segments, signature: formOf(RESPELLINGS, defect)(segments.signature) }
}

function isRespelt(segments: Segments, defect: Defect): boolean {
  return formOf(RESPELLINGS, defect)(segments.signature) !== segments.signature
}

/** One that no compact serialization has, at the end of the payload (RFC 8725, its successor's §3.14). */
function withCharacter(segments: Segments, defect: Defect): Segments {
  return { ...segments, payload: segments.payload + option(defect, 'character') }
}

function between(defect: Defect): string {
  return option(defect, 'separator')
}

function signatureOf({ header, signature }: Segments): Buffer {
  const both = octets(signature)
  if (parsed(header)['alg'] === 'ES256' && both.length === 2 * P256_OCTETS) return both
  throw new RangeError('the defect needs an ES256 signature')
}

function signedAs(segments: Segments, signature: Uint8Array): Segments {
  return { ...segments, signature: Buffer.from(signature).toString('base64url') }
}
