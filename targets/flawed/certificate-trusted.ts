import { X509Certificate } from 'node:crypto'
import { compactVerify } from 'jose'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const certificateTrusted: Flaw = {
  name: 'certificate-trusted',
  title: 'An assertion is verified with the certificate that it brings along, whoever signed that',
  seenIn: 'libraries that are asked to find the key themselves',
  caughtBy: ['signature/embedded-key-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      const { x5c = null } = header
      const [first] = Array.isArray(x5c) ? x5c : []
      if (typeof first !== 'string') return faultless.verify(text, header, signer, all)
      const { publicKey } = new X509Certificate(Buffer.from(first, 'base64'))
      return compactVerify(text, publicKey).then(
        () => true,
        () => false,
      )
    },
  }),
}
