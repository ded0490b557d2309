/** What is so of every sequence: an assertion is accepted the first time that it comes itself, and never again. */
import type { SequencesProperty } from '../../harness/model/property.ts'
import { BOTH } from '../draft.ts'

export const sequences: SequencesProperty = {
  kind: 'sequences',
  name: 'property-sequences',
  question:
    'Whatever was presented before, at whichever node: is a right assertion accepted once, and by nothing but itself kept out?',
  section: 'RFC 7523 §3 item 7, RFC 7519 §4.1.7',
  means: {
    conforms:
      'Neither forged copies nor other parties’ assertions kept a right one out, and none was accepted twice that must not be.',
    violates:
      'Something that anybody can send kept a right assertion out, or one was accepted again.',
  },
  usages: BOTH,
  statement: {
    name: 'presented',
    attack: 'sequences',
    cases: 14,
    longest: 5,
    // Long enough for a memory that is written behind the answer, and for one that is swept every second.
    waitsMs: [0, 20, 1100],
  },
}
