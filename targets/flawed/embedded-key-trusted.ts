import { compactVerify, importJWK } from 'jose'
import { isObject } from '../reference/verify.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const embeddedKeyTrusted: Flaw = {
  name: 'embedded-key-trusted',
  title: 'An assertion is verified with the key that it brings along',
  seenIn: 'a widely used library in an earlier version',
  caughtBy: ['signature/embedded-key-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      const { jwk = null } = header
      if (!isObject(jwk)) return faultless.verify(text, header, signer, all)
      const brought = await importJWK({ ...jwk }, 'ES256').catch(() => null)
      if (brought === null) return false
      return compactVerify(text, brought).then(
        () => true,
        () => false,
      )
    },
  }),
}
