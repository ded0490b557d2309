import type { Flaw } from './flaw.ts'

export const tokensMayBeStored: Flaw = {
  name: 'tokens-may-be-stored',
  title: 'Nothing forbids caches to keep a token',
  seenIn: 'servers behind frameworks that set headers of their own',
  caughtBy: ['answers/token-may-be-stored'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    finish({ headers, ...answer }) {
      const { 'cache-control': _, ...rest } = headers
      return { ...answer, headers: rest }
    },
  }),
}
