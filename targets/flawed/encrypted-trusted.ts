import { compactDecrypt } from 'jose'
import type { Claims } from '../reference/reading.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const encryptedTrusted: Flaw = {
  name: 'encrypted-trusted',
  title: 'What could be decrypted is taken for signed',
  seenIn: 'servers that take encrypted assertions',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      async open(text) {
        if (text.split('.').length !== 5) return faultless.parser.open(text)
        const decrypted = await compactDecrypt(text, KEY).catch(() => null)
        if (decrypted === null) return null
        const claims: Claims = JSON.parse(new TextDecoder().decode(decrypted.plaintext))
        return { header: { alg: 'ES256', decrypted: true }, claims, text }
      },
    },
    verify: async (text, header, signer, all) =>
      header['decrypted'] === true || faultless.verify(text, header, signer, all),
  }),
}

/** It stands in a public example, and so in servers. */
const KEY = new Uint8Array(32).fill(7)
