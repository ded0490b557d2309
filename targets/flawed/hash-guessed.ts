import { ecdsaVerifies } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const hashGuessed: Flaw = {
  name: 'hash-guessed',
  title: 'A signature is verified with every hash there is',
  seenIn: 'libraries that try what they can',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      HASHES.some((hash) => ecdsaVerifies(text, header, signer, { hash })) ||
      faultless.verify(text, header, signer, all),
  }),
}

const HASHES = ['sha256', 'sha384', 'sha512']
