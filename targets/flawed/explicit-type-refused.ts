import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const explicitTypeRefused: Flaw = {
  name: 'explicit-type-refused',
  title: 'A client assertion that names its type is refused',
  seenIn: 'servers that know JWT as a type and no other',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  strict: true,
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      !/client-authentication/i.test(JSON.stringify(header['typ'] ?? '')) &&
      faultless.verify(text, header, signer, all),
  }),
}
