/** What is so of every combination: two things that each make no difference make none together. */
import type { CombinationsProperty, Variation } from '../../harness/model/property.ts'
import { ALL, BOTH, CLIENT, GRANT } from '../draft.ts'

const VARIATIONS: readonly Variation[] = [
  { kind: 'algorithm' },
  { kind: 'audience-list' },
  { kind: 'claim', name: 'iat', others: [null], usages: BOTH },
  { kind: 'claim', name: 'nbf', others: [{ $now: -10 }] },
  { kind: 'claim', name: 'cupel_unknown', others: [{ iss: 'https://x.example', exp: 0, aud: [] }] },
  { kind: 'header', name: 'typ', others: ['client-authentication+jwt'], usages: CLIENT },
  { kind: 'header', name: 'typ', others: ['JWT'], usages: GRANT },
  { kind: 'header', name: 'cupel_unknown', others: [['none']] },
  { kind: 'indent', others: ['\t'] },
  { kind: 'escapes', others: ['names', 'letters'] },
  { kind: 'order', ways: ['reversed', 'sorted'] },
  { kind: 'length', most: 600 },
  { kind: 'parameter-order', usages: BOTH },
  { kind: 'encoding', others: ['octets', 'small-octets'], usages: BOTH },
  { kind: 'charset', usages: BOTH },
]

export const combinations: CombinationsProperty = {
  kind: 'combinations',
  name: 'property-combinations',
  question:
    'Do things that make no difference one by one make none together, and does no choice of them let in what is wrong?',
  section: 'RFC 7523 §3, RFC 7519 §4, RFC 7515 §4',
  means: {
    conforms:
      'Whatever ways of writing it were combined, a right assertion was accepted and a wrong one refused.',
    violates:
      'Some ways of writing an assertion, each harmless, together had a right one refused or a wrong one accepted.',
  },
  usages: ALL,
  strength: 2,
  variations: VARIATIONS,
  statements: [
    { name: 'combined', attack: null, by: 'honest', spoilings: [] },
    {
      name: 'combined-wrong',
      attack: 'combined',
      by: 'hostile',
      spoilings: [
        { defect: { kind: 'signature-bit' } },
        { defect: { kind: 'algorithm-none' } },
        { defect: { kind: 'expired' }, claims: { exp: { $now: -86_400 } } },
        {
          defect: { kind: 'audience', form: 'foreign' },
          claims: { aud: 'https://another-server.cupel.example' },
        },
      ],
    },
  ],
}
