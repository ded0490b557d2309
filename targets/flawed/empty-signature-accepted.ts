import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const emptySignatureAccepted: Flaw = {
  name: 'empty-signature-accepted',
  title: 'A signature of no octets is not looked at',
  seenIn: 'verifiers that take nothing for not asked',
  caughtBy: ['signature/invalid-accepted'],
  may: ['algorithm/none-accepted'],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      text.endsWith('.') || faultless.verify(text, header, signer, all),
  }),
}
