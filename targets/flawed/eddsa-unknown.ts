import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const eddsaUnknown: Flaw = {
  name: 'eddsa-unknown',
  title: 'A key that is registered for EdDSA verifies nothing',
  seenIn: 'servers whose registration knows more algorithms than they do',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      header['alg'] !== 'EdDSA' && faultless.verify(text, header, signer, all),
  }),
}
