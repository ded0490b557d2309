/** What is so of every sequence across a change of keys: used once is used, and a key that nobody published opens nothing. */
import type { RotationsProperty } from '../../harness/model/property.ts'
import { BOTH } from '../draft.ts'

export const rotations: RotationsProperty = {
  kind: 'rotations',
  name: 'property-rotations',
  question:
    'Whatever was presented before a party publishes its next key, and after it: is each assertion accepted once at most, and nothing under a key that nobody published?',
  section: 'RFC 7523 §3 items 7 and 9, OpenID Connect Core §10.1.1',
  means: {
    conforms:
      'What was used before the next key came stayed used, the old key went on working, and keys of others and of nobody were refused.',
    violates:
      'While a party published its next key, an assertion was accepted again, or one under a key that is not its own, or none under the key that it had published long enough before.',
  },
  usages: BOTH,
  statement: {
    name: 'rotated',
    attack: 'rotated-keys',
    cases: 6,
    longest: 3,
    waitsMs: [0, 20],
    fault: 'keys.add',
    settlesSeconds: 1.1,
    patienceSeconds: 2,
    restSeconds: 5,
  },
}
