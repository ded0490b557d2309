/** RFC 9700 section 2.5: keys are better than secrets. */
import type { Check } from '../../harness/model/check.ts'
import { advertised } from '../metadata.ts'

export const section25: readonly Check[] = [
  advertised({
    id: 'rfc9700/2.5/asymmetric',
    title: 'A way to authenticate without a shared secret is offered',
    section: 'RFC 9700 §2.5',
    level: 'should',
    requirement:
      'Clients ought to be able to prove themselves by a key that the server does not have.',
    fault: 'asymmetric-unadvertised',
    finding: 'metadata/algorithms-misstated',
  }),
]
