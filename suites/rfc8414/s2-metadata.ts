/** RFC 8414 section 2: what a server publishes of itself. */
import type { Check } from '../../harness/model/check.ts'
import { advertised, type Advertised } from '../metadata.ts'

const CHECKS: readonly Advertised[] = [
  {
    id: 'rfc8414/2/issuer-form',
    title: 'The published issuer is an address without query and fragment',
    section: 'RFC 8414 §2',
    level: 'must',
    requirement: 'An issuer is an https address, and nothing follows its path.',
    fault: 'issuer-form',
    finding: 'metadata/issuer-differs',
  },
  {
    id: 'rfc8414/2/auth-alg-present',
    title: 'Whoever offers assertions says which algorithms they may have',
    section: 'RFC 8414 §2',
    level: 'must',
    requirement:
      'Where a method by assertion is among those offered, the algorithms must be listed, for none goes without saying.',
    fault: 'algorithms-absent',
    finding: 'metadata/algorithms-misstated',
  },
  {
    id: 'rfc8414/2/auth-alg-none',
    title: 'Nobody offers to take what is not signed',
    section: 'RFC 8414 §2',
    level: 'must',
    requirement: 'The algorithm none must not be among those offered.',
    fault: 'algorithms-none',
    finding: 'metadata/algorithms-misstated',
  },
  {
    id: 'rfc8414/2/auth-alg-rs256',
    title: 'RS256 is among the algorithms offered',
    section: 'RFC 8414 §2',
    level: 'should',
    requirement:
      'Servers ought to support the algorithm that everybody knows, unless a profile excludes it.',
    rows: [
      { when: { 'alg.allow': 'agreed' }, deserves: 'accept', because: 'RS256 is for everybody' },
      { deserves: 'either', because: 'the profile has algorithms of its own' },
    ],
    fault: 'algorithms-without-rs256',
    finding: 'metadata/algorithms-misstated',
  },
  {
    id: 'rfc8414/2/auth-alg-honest',
    title: 'What is accepted is among what is offered',
    section: 'RFC 8414 §2',
    // What is still taken of old clients need not be offered to new ones: no sentence says that the list is whole.
    level: 'should',
    requirement: 'An algorithm that a server takes is one that it says it takes.',
    fault: 'algorithm-unadvertised',
    finding: 'metadata/algorithms-misstated',
  },
]

export const section2: readonly Check[] = CHECKS.map(advertised)
