import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const clientTypesIgnored: Flaw = {
  name: 'client-types-ignored',
  title: 'The type of a client assertion is not looked at',
  seenIn: 'most servers',
  caughtBy: ['form/other-type-accepted'],
  may: [],
  shows: 'in-checks',
  strict: true,
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify(text, header, signer, all) {
      const untyped = Object.entries(header).filter(([name]) => name !== 'typ')
      return faultless.verify(text, Object.fromEntries(untyped), signer, all)
    },
  }),
}
