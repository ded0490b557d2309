import { ecdsaVerifies, openedLoosely } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const lenientBase64: Flaw = {
  name: 'lenient-base64',
  title: 'Segments are decoded by a decoder that passes over what it does not know',
  seenIn: 'decoders that are made for mail',
  caughtBy: ['form/lenient-encoding-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: { ...faultless.parser, open: async (text) => openedLoosely(text, decoded) },
    verify: async (text, header, signer, all) =>
      ecdsaVerifies(text, header, signer) || faultless.verify(text, header, signer, all),
  }),
}

function decoded(segment: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(segment, 'base64url'))
}
