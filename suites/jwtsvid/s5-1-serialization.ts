/** JWT-SVID section 5.1: how one is sent. */
import type { Check } from '../../harness/model/check.ts'
import { refused, TOKEN } from '../draft.ts'

const serialization: Check = {
  id: 'jwtsvid/5.1/serialization',
  title: 'A JWT-SVID in the JSON serialization is refused',
  section: 'JWT-SVID §1, §5.1',
  level: 'must',
  requirement: 'A JWT-SVID is always in the compact serialization.',
  usages: TOKEN,
  finding: 'form/unreadable-accepted',
  cases: [
    refused(
      'flattened',
      { defect: { kind: 'json-serialization', form: 'flattened' } },
      'it is in the JSON serialization',
      { needs: ['spiffe'] },
    ),
  ],
}

export const section51: readonly Check[] = [serialization]
