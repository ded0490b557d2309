import { constants, KeyObject, verify } from 'node:crypto'
import type { Claims } from '../reference/reading.ts'
import type { Signer } from '../reference/verify.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const keyFitsAnyAlgorithm: Flaw = {
  name: 'key-fits-any-algorithm',
  title: 'The header says how a key is used, and the key only with which numbers',
  seenIn: 'libraries that are handed a key without its algorithm',
  caughtBy: ['algorithm/not-allowed-accepted', 'signature/invalid-accepted'],
  may: ['signature/lenient-parameters'],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      verifiesAs(text, header, signer) || faultless.verify(text, header, signer, all),
    decide(assertion, party, rules, nowSeconds) {
      const { algorithm } = assertion
      const any =
        party === null || algorithm === null ? party : { ...party, algorithms: [algorithm] }
      return faultless.decide(assertion, any, rules, nowSeconds)
    },
  }),
}

const HASHES: Readonly<Record<string, string>> = {
  1: 'sha1',
  256: 'sha256',
  384: 'sha384',
  512: 'sha512',
}

function verifiesAs(text: string, { alg, kid, crit, typ }: Claims, { keys }: Signer): boolean {
  const [, family = '', size = ''] =
    /^(RS|PS|ES)(\d+)$/.exec(typeof alg === 'string' ? alg : '') ?? []
  const found = keys.find((each) => each.kid === kid)
  const hash = HASHES[size]
  if (found === undefined || hash === undefined || crit !== undefined || typ !== undefined)
    return false
  const end = text.lastIndexOf('.')
  const key = KeyObject.from(found.key)
  if ((key.asymmetricKeyType === 'ec') !== (family === 'ES')) return false
  const how = {
    key,
    dsaEncoding: 'ieee-p1363',
    ...(family === 'PS'
      ? {
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }
      : {}),
  } as const
  return verify(
    hash,
    Buffer.from(text.slice(0, end)),
    how,
    Buffer.from(text.slice(end + 1), 'base64url'),
  )
}
