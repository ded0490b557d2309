import { isObject } from '../reference/verify.ts'
import type { Flaw } from './flaw.ts'

export const tokensOutliveGrants: Flaw = {
  name: 'tokens-outlive-grants',
  title: 'A token is good for a month, whatever it was issued for',
  seenIn: 'servers with one lifetime for all tokens',
  caughtBy: ['tokens/outlives-assertion'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    finish: ({ body, ...answer }) => ({
      ...answer,
      body: isObject(body) && 'expires_in' in body ? { ...body, expires_in: 2_592_000 } : body,
    }),
  }),
}
