/** RFC 8725 section 3.8: a key belongs to an issuer, and a subject too. */
import type { Check } from '../../harness/model/check.ts'
import type { Usage } from '../../harness/model/plan.ts'
import { claim, refused, told } from '../draft.ts'

/** A client speaks for itself alone. */
const ISSUED: readonly Usage[] = ['authorization-grant', 'bearer-token']

const issuerKey: Check = {
  id: 'rfc8725/3.8/issuer-key',
  title: 'What one trusted issuer signed in the name of another is refused',
  section: 'RFC 8725 §3.8',
  level: 'must',
  requirement:
    'The keys that verify are those of the issuer that is named, and of no other that is trusted.',
  usages: ISSUED,
  finding: 'signature/foreign-key-accepted',
  cases: [
    refused(
      'under-its-own-kid',
      { signedBy: 'another-registered-party', defect: { kind: 'foreign-key' } },
      'it names one issuer and the key of another, who signed it',
      { needs: ['second-client'] },
    ),
    refused(
      'under-the-other-kid',
      { signedBy: 'another-registered-party', kid: 'own', defect: { kind: 'foreign-key' } },
      'it names one issuer and its key, and another signed it',
      { needs: ['second-client'] },
    ),
  ],
}

const subject: Check = {
  id: 'rfc8725/3.8/subject',
  title: 'A subject that is known at another issuer',
  section: 'RFC 8725 §3.8',
  level: 'may',
  requirement:
    'A subject is one together with its issuer; whom an issuer may name is for the reader to know.',
  usages: ISSUED,
  finding: 'identity/unknown-subject-accepted',
  cases: [
    told(
      'of-another-issuer',
      claim('sub', { $party: 'another', member: 'subject' }, { kind: 'claim', claim: 'sub' }),
      'only the reader knows whom its issuers may name',
      { needs: ['second-client'] },
    ),
  ],
}

export const section38: readonly Check[] = [issuerKey, subject]
