import type { Json } from '../../harness/model/plan.ts'
import { ecdsaVerifies } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const algorithmGuessed: Flaw = {
  name: 'algorithm-guessed',
  title: 'A header that names no algorithm, or one in other letters, means the one of the key',
  seenIn: 'verifiers that are friendly to whoever wrote the header',
  caughtBy: ['algorithm/unnamed-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      (isMeant(header['alg'] ?? null) && ecdsaVerifies(text, header, signer)) ||
      faultless.verify(text, header, signer, all),
    decide(assertion, party, rules, nowSeconds) {
      const algorithm = isMeant(assertion.algorithm) ? 'ES256' : assertion.algorithm
      return faultless.decide({ ...assertion, algorithm }, party, rules, nowSeconds)
    },
  }),
}

function isMeant(alg: Json): boolean {
  return typeof alg !== 'string' || /^\s*es256\s*$/i.test(alg)
}
