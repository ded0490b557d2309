/** What is encrypted instead of signed (RFC 7516 section 7.1): five segments, and nobody's word for what is in them. */
import { createCipheriv } from 'node:crypto'
import type { Defect } from '../model/plan.ts'
import { encoded, forged, octets, option, type Makings, type Segments } from './making.ts'

export const ENCRYPTED: Makings = [['jwe', forged(withoutSigner)]]

/** A key that stands here for everybody to read. */
const CONTENT_KEY = Buffer.alloc(32, 7)
const IV = Buffer.alloc(12, 1)

/**
 * `direct` is encrypted with a key that both sides would have had to agree on. `password` makes its reader derive one by
 * as many rounds as its header says (RFC 8725, its successor's §3.13), far more than anybody would wait for.
 */
const HEADERS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  direct: { alg: 'dir', enc: 'A256GCM' },
  password: {
    alg: 'PBES2-HS256+A128KW',
    enc: 'A256GCM',
    p2s: Buffer.alloc(16, 2).toString('base64url'),
    p2c: 2_000_000_000,
  },
}

function withoutSigner({ payload }: Segments, defect: Defect): string {
  const form = option(defect, 'form')
  const members = Object.hasOwn(HEADERS, form) ? HEADERS[form] : undefined
  if (members === undefined) throw new RangeError(`no JWE is ${JSON.stringify(form)}`)
  const header = encoded(members)
  const key = form === 'direct' ? '' : Buffer.alloc(40, 3).toString('base64url')
  const cipher = createCipheriv('aes-256-gcm', CONTENT_KEY, IV)
  cipher.setAAD(Buffer.from(header))
  const content = Buffer.concat([cipher.update(octets(payload)), cipher.final()])
  const rest = [IV, content, cipher.getAuthTag()].map((each) => each.toString('base64url'))
  return [header, key, ...rest].join('.')
}
