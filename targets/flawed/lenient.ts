/** What readers that are not strict do, for the flaws that are made of it. */
import { KeyObject, verify } from 'node:crypto'
import type { Json } from '../../harness/model/plan.ts'
import type { Claims } from '../reference/reading.ts'
import { isObject, type Opened, type Signer } from '../reference/verify.ts'

/** Reads header and claims with a decoder of the flaw's own, and a signature as it must be; the text stays as it is. */
export function opened(text: string, decoded: (segment: string) => string): Opened | null {
  return isCompact(text.slice(text.lastIndexOf('.') + 1)) ? openedLoosely(text, decoded) : null
}

/** The same, whatever stands in the signature. */
export function openedLoosely(text: string, decoded: (segment: string) => string): Opened | null {
  const [header, payload, signature, ...more] = text.split('.')
  if (header === undefined || payload === undefined || signature === undefined) return null
  const members = [header, payload].map((each) => membersOf(each, decoded))
  const [ofHeader = null, claims = null] = members
  if (more.length > 0 || ofHeader === null || claims === null) return null
  return { header: ofHeader, claims, text }
}

function membersOf(segment: string, decoded: (segment: string) => string): Claims | null {
  try {
    const value: Json = JSON.parse(decoded(segment))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** The text of a segment, or nothing where that is not UTF-8 in base64url. */
export function utf8(segment: string): string {
  if (!isCompact(segment)) return ''
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(segment, 'base64url'))
}

export function isCompact(segment: string): boolean {
  return /^[A-Za-z0-9_-]*$/.test(segment)
}

/**
 * Whether an ES256 key of the signer made the signature, over the text as it stands or without what base64url does not
 * have; extensions are left to the faultless.
 *
 * @param how.forms What the octets of a signature may have meant.
 */
export function ecdsaVerifies(
  text: string,
  { kid, crit, typ }: Claims,
  { keys }: Signer,
  { hash = 'sha256', forms = asItIs }: Lenience = {},
): boolean {
  if (crit !== undefined || (typ !== undefined && typ !== 'at+jwt')) return false
  const end = text.lastIndexOf('.')
  const inputs = [text.slice(0, end), text.slice(0, end).replaceAll(/[^A-Za-z0-9_.-]/g, '')]
  const signatures = forms(Buffer.from(text.slice(end + 1), 'base64url'))
  return keys
    .filter((each) => each.algorithm === 'ES256' && (kid === undefined || kid === each.kid))
    .some(({ key }) => {
      const how = { key: KeyObject.from(key), dsaEncoding: 'ieee-p1363' } as const
      return inputs.some((input) =>
        signatures.some((signature) => verify(hash, Buffer.from(input), how, signature)),
      )
    })
}

interface Lenience {
  readonly hash?: string
  readonly forms?: (signature: Buffer) => readonly Buffer[]
}

function asItIs(signature: Buffer): readonly Buffer[] {
  return [signature]
}
