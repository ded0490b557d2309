import type { Flaw } from './flaw.ts'

export const failsClosedAsClientError: Flaw = {
  name: 'fails-closed-as-client-error',
  title: 'When the store cannot be asked, clients are told that their assertion was used already',
  seenIn: 'servers that read "not known" as "already used"',
  caughtBy: ['refusal/outage-told-as-client-error'],
  may: [],
  apply: (faultless) => ({
    ...faultless,
    *take(key, keepUntilMs) {
      const taken = yield* faultless.take(key, keepUntilMs)
      return taken === 'unavailable' ? 'present' : taken
    },
  }),
}
