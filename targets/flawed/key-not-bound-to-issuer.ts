import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const keyNotBoundToIssuer: Flaw = {
  name: 'key-not-bound-to-issuer',
  title: 'The key is looked up by its identifier among the keys of everybody',
  seenIn: 'servers with one key set for all of their clients',
  caughtBy: ['signature/foreign-key-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify(text, header, signer, all) {
      const owner = [...all.values()].find(({ keys }) =>
        keys.some(({ kid }) => kid === header['kid']),
      )
      return faultless.verify(text, header, owner ?? signer, all)
    },
  }),
}
