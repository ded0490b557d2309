/** ID-JAG section 8.2: what a server publishes. */
import type { Check } from '../../harness/model/check.ts'
import { advertised } from '../metadata.ts'

export const section82: readonly Check[] = [
  advertised({
    id: 'idjag/8.2/metadata',
    title: 'Whoever offers the profile of a grant offers the grant',
    section: 'ID-JAG §8.2',
    level: 'must',
    requirement: 'A server that lists the profile lists the grant of RFC 7523 too.',
    fault: 'grant-unadvertised',
    finding: 'metadata/algorithms-misstated',
  }),
]
