import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const rs256Unknown: Flaw = {
  name: 'rs256-unknown',
  title: 'The one algorithm that everybody must know is not known',
  seenIn: 'servers for one kind of key',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      header['alg'] !== 'RS256' && faultless.verify(text, header, signer, all),
  }),
}
