/** RFC 7521 sections 5.1 and 5.2: who issues an assertion, and in whose name. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, misissued } from '../draft.ts'

const selfIssued: Check = {
  id: 'rfc7521/5.2/self-issued-iss',
  title: 'A client that names somebody else as issuer of its own assertion is refused',
  section: 'RFC 7521 §5.2; RFC 7523 §3 item 1',
  level: 'must',
  requirement:
    'An assertion that a client signs itself must name that client as its issuer; another issuer must be one whose own key signed.',
  usages: CLIENT,
  finding: 'identity/foreign-issuer-accepted',
  cases: [
    misissued(
      'nobody-known',
      {
        set: { iss: 'https://issuer-unknown.cupel.example' },
        defect: { kind: 'claim', claim: 'iss' },
      },
      'it names an issuer that nobody registered, and the client itself signed it',
    ),
    misissued(
      'another-client',
      { set: { iss: { $party: 'another' } }, defect: { kind: 'claim', claim: 'iss' } },
      'it names another client as its issuer, and the client itself signed it',
      { needs: ['second-client'] },
    ),
  ],
}

export const section52: readonly Check[] = [selfIssued]
