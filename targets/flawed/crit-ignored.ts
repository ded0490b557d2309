import { KeyObject, verify } from 'node:crypto'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const critIgnored: Flaw = {
  name: 'crit-ignored',
  title: 'Extensions that the header calls critical are passed over',
  seenIn: 'widely used libraries of today',
  caughtBy: ['form/critical-extension-ignored'],
  may: [],
  shows: 'in-checks',
  strict: true,
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      if (!Object.hasOwn(header, 'crit')) return faultless.verify(text, header, signer, all)
      const end = text.lastIndexOf('.')
      const signature = Buffer.from(text.slice(end + 1), 'base64url')
      return signer.keys.some(({ key }) =>
        verify(
          'sha256',
          Buffer.from(text.slice(0, end)),
          { key: KeyObject.from(key), dsaEncoding: 'ieee-p1363' },
          signature,
        ),
      )
    },
  }),
}
