import type { Flaw } from './flaw.ts'

export const rotationForgetsReplays: Flaw = {
  name: 'rotation-forgets-replays',
  title: 'What a client has used is remembered beside its keys, and is gone when they are others',
  seenIn: 'servers that keep all that they know of a client in one entry, made anew with its keys',
  caughtBy: ['replay/accepted-during-fault'],
  // Nodes that have fetched the keys remember for themselves, as long as others have not.
  may: ['replay/accepted-after-fault', 'replay/accepted-on-another-node'],
  shows: 'in-properties',
  apply(faultless) {
    const names = new Map<string, string>()
    return {
      ...faultless,
      keyCare: {
        ...faultless.keyCare,
        fetched: (party, kids) => void names.set(party, kids.toSorted().join(' ')),
      },
      key: (assertion, endpoint) =>
        `${names.get(assertion.issuer ?? '') ?? ''} ${faultless.key(assertion, endpoint)}`,
    }
  },
}
