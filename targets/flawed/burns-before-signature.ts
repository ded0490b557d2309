import { settle } from '../reference/decide.ts'
import type { Spend } from '../reference/spending.ts'
import type { Flaw } from './flaw.ts'

export const burnsBeforeSignature: Flaw = {
  name: 'burns-before-signature',
  title: 'The identifier is remembered before the signature is checked, so a forgery spends it',
  seenIn: 'a large open-source server and a certified library, in earlier versions',
  caughtBy: ['replay/burned-by-forgery'],
  may: [],
  apply: (faultless) => ({ ...faultless, spend: spendingForgeries(faultless.spend) }),
}

function spendingForgeries(faultless: Spend): Spend {
  return function* (assertion, decision, memory) {
    const { usage, verified, jti, expSeconds } = assertion
    if (decision.kind !== 'refuse' || verified || !jti || expSeconds === null)
      return yield* faultless(assertion, decision, memory)
    const taken = yield* memory.take(assertion, Math.ceil(expSeconds))
    return taken === 'inserted' ? decision : settle(usage, taken)
  }
}
