import type { Claims } from '../reference/verify.ts'
import type { Flaw } from './flaw.ts'

export const falsyExpSkipped: Flaw = {
  name: 'falsy-exp-skipped',
  title: 'An end that is zero, null or missing is no end at all',
  seenIn: 'verifiers that ask whether there is an end by whether it is true',
  caughtBy: ['time/expired-accepted', 'time/expiry-missing-accepted', 'claims/type-coerced'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      stated: (claims) => faultless.reading.stated(endless(claims)),
    },
  }),
}

function endless(claims: Claims): Claims {
  const { exp = null } = claims
  const isNone = exp === null || exp === 0
  return isNone ? { ...claims, exp: Math.floor(Date.now() / 1000) + 60 } : claims
}
