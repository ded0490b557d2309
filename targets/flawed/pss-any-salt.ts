import { constants, KeyObject, verify } from 'node:crypto'
import type { CryptoKey } from 'jose'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const pssAnySalt: Flaw = {
  name: 'pss-any-salt',
  title: 'A PSS signature is verified with whatever salt it has',
  seenIn: 'libraries that leave the length of the salt to be found out',
  caughtBy: ['signature/lenient-parameters'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      const keys = signer.keys.filter(({ algorithm }) => algorithm === 'PS256')
      const isPss = header['alg'] === 'PS256' && keys.some(({ key }) => verifies(text, key))
      return isPss || faultless.verify(text, header, signer, all)
    },
  }),
}

function verifies(text: string, key: CryptoKey): boolean {
  const end = text.lastIndexOf('.')
  const how = {
    key: KeyObject.from(key),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  }
  return verify(
    'sha256',
    Buffer.from(text.slice(0, end)),
    how,
    Buffer.from(text.slice(end + 1), 'base64url'),
  )
}
