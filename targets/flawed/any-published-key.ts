import type { Flaw } from './flaw.ts'

export const anyPublishedKey: Flaw = {
  name: 'any-published-key',
  title: 'Whatever key a party has published may sign, whatever it is registered for',
  seenIn: 'servers that take the algorithms of a party from its key set',
  caughtBy: ['algorithm/not-allowed-accepted'],
  // A simulated node is handed the last of two algorithms, whatever the signature was made with.
  may: ['claims/first-duplicate-taken'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const { algorithm } = assertion
      const any =
        party === null || algorithm === null ? party : { ...party, algorithms: [algorithm] }
      return faultless.decide(assertion, any, rules, nowSeconds)
    },
  }),
}
