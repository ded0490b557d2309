import type { Json } from '../../harness/model/plan.ts'
import type { Claims } from '../reference/reading.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const expTypeCoerced: Flaw = {
  name: 'exp-type-coerced',
  title: 'A date that is a text, or stands in a list, is read as the number it looks like',
  seenIn: 'verifiers in languages that turn types into each other',
  caughtBy: ['claims/type-coerced'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      stated: (claims) => faultless.parser.stated(coerced(claims)),
    },
  }),
}

function coerced(claims: Claims): Claims {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      ['exp', 'nbf', 'iat'].includes(name) ? numberOf(value) : value,
    ]),
  )
}

function numberOf(value: Json): Json {
  if (typeof value !== 'string' && !Array.isArray(value)) return value
  const number = Number(value)
  return Number.isNaN(number) ? Date.parse(String(value)) / 1000 : number
}
