import { isObject } from '../reference/verify.ts'
import type { Flaw } from './flaw.ts'

export const refreshForClients: Flaw = {
  name: 'refresh-for-clients',
  title: 'A refresh token comes with every token',
  seenIn: 'servers that treat all grants alike',
  caughtBy: ['tokens/refresh-issued'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    finish: ({ body, ...answer }) => ({
      ...answer,
      body: isObject(body) && 'access_token' in body ? { ...body, refresh_token: 'again' } : body,
    }),
  }),
}
