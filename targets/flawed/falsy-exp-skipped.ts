import type { Claims } from '../reference/reading.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const falsyExpSkipped: Flaw = {
  name: 'falsy-exp-skipped',
  title: 'An end that is zero, null or missing is no end at all',
  seenIn: 'verifiers that ask whether there is an end by whether it is true',
  caughtBy: ['time/expired-accepted', 'time/expiry-missing-accepted', 'claims/type-coerced'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless, nowMs) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      stated: (claims) => faultless.parser.stated(endless(claims, nowMs() / 1000)),
    },
  }),
}

function endless(claims: Claims, nowSeconds: number): Claims {
  const { exp = null } = claims
  const isNone = exp === null || exp === 0
  return isNone ? { ...claims, exp: Math.floor(nowSeconds) + 60 } : claims
}
