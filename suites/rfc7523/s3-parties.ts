/** RFC 7523 section 3 items 1, 2 and 9: who issued an assertion, whom it speaks of, and who signed it. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, CLIENT, GRANT, misissued, refused, told } from '../draft.ts'

const NOBODY = 'nobody-cupel-knows'

const issuerMissing: Check = {
  id: 'rfc7523/3/iss-missing',
  title: 'An assertion without an issuer is refused',
  section: 'RFC 7523 §3 item 1',
  level: 'must',
  requirement: 'An assertion must name who issued it; the server must refuse one that does not.',
  usages: BOTH,
  finding: 'identity/issuer-missing-accepted',
  cases: [
    misissued(
      'absent',
      { drop: ['iss'], defect: { kind: 'claim', claim: 'iss' } },
      'nobody is named as its issuer',
    ),
  ],
}

const issuerUntrusted: Check = {
  id: 'rfc7523/3/iss-untrusted',
  title: 'A grant of an issuer that the server does not know is refused',
  section: 'RFC 7523 §3 item 1; RFC 8725 §3.8',
  level: 'must',
  requirement:
    'Only the grants of issuers that the server trusts are good, whatever key signed them.',
  usages: GRANT,
  finding: 'identity/foreign-issuer-accepted',
  cases: [
    refused(
      'with-a-key-of-its-own',
      {
        set: { iss: 'https://issuer-unknown.cupel.example' },
        header: { kid: null },
        defect: { kind: 'attacker-key' },
      },
      'it names an issuer that nobody registered, and is rightly signed with that one’s key',
    ),
  ],
}

const subjectMissing: Check = {
  id: 'rfc7523/3/sub-missing',
  title: 'An assertion without a subject is refused',
  section: 'RFC 7523 §3 item 2',
  level: 'must',
  requirement: 'An assertion must say whom it speaks of; the server must refuse one that does not.',
  usages: BOTH,
  finding: 'identity/subject-missing-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['sub'], defect: { kind: 'claim', claim: 'sub' } },
      'it speaks of nobody',
    ),
  ],
}

const subjectUnknown: Check = {
  id: 'rfc7523/3/sub-unknown',
  title: 'An assertion that speaks of somebody nobody knows',
  section: 'RFC 7523 §3 item 2; RFC 8725 §3.8',
  level: 'must',
  requirement:
    'The subject of a client assertion must be a registered client; whom a grant may speak of is for the server to know.',
  usages: BOTH,
  finding: 'identity/unknown-subject-accepted',
  cases: [
    refused(
      'unregistered-client',
      {
        set: { iss: NOBODY, sub: NOBODY },
        defect: { kind: 'claim', claim: 'sub' },
      },
      'there is no client of that name',
      { usages: CLIENT },
    ),
    refused(
      'space-added',
      {
        set: { iss: { $party: 'own', suffix: ' ' }, sub: { $party: 'own', suffix: ' ' } },
        defect: { kind: 'claim', claim: 'sub' },
      },
      'it is a client’s name with a space behind it, and so there is no client of that name',
      { usages: CLIENT },
    ),
    told(
      'unknown-user',
      { set: { sub: NOBODY }, defect: { kind: 'claim', claim: 'sub' } },
      'a server may make an account for whoever comes',
      { usages: GRANT },
    ),
  ],
}

const otherClient: Check = {
  id: 'rfc7523/3/sub-other-client',
  title: 'A client that speaks in another client’s name is refused',
  section: 'RFC 7523 §3 items 2 and 9',
  level: 'must',
  requirement:
    'The subject must be the client itself, so that its own key is the only one that will do.',
  usages: CLIENT,
  finding: 'signature/foreign-key-accepted',
  cases: [
    refused(
      'signed-with-the-own-key',
      {
        set: { iss: { $party: 'another' }, sub: { $party: 'another' } },
        defect: { kind: 'foreign-key' },
      },
      'it is another client’s assertion, signed with the key of the client that sends it',
      { needs: ['second-client'] },
    ),
  ],
}

/** As many as an ES256 signature has. */
const SOME_OCTETS = Buffer.alloc(64, 0x5a).toString('base64url')

const signatureBad: Check = {
  id: 'rfc7523/3/signature-bad',
  title: 'An assertion whose signature does not verify is refused',
  section: 'RFC 7523 §3 item 9',
  level: 'must',
  requirement: 'An assertion must be signed by its issuer; the server must refuse a bad signature.',
  usages: BOTH,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'signature-bit',
      { defect: { kind: 'signature-bit' } },
      'one bit of its signature was changed',
    ),
    refused(
      'payload-bit',
      { defect: { kind: 'payload-bit' } },
      'one bit of what was signed was changed afterwards',
    ),
    refused(
      'header-member',
      { defect: { kind: 'header-member' } },
      'a member came into its header after it was signed',
    ),
    refused(
      'another-assertions',
      { defect: { kind: 'signature-random', octets: SOME_OCTETS } },
      'its signature is sixty-four octets of no meaning',
    ),
  ],
}

const foreignKey: Check = {
  id: 'rfc7523/3/foreign-key',
  title: 'An assertion signed with another party’s key is refused',
  section: 'RFC 7523 §3 item 9; RFC 8725 §3.8',
  level: 'must',
  requirement: 'The key that verifies an assertion must belong to the issuer it names.',
  usages: BOTH,
  finding: 'signature/foreign-key-accepted',
  cases: [
    refused(
      'registered-key-of-another',
      { signedBy: 'another-registered-party', defect: { kind: 'foreign-key' } },
      'it names one party and was signed by another',
      { needs: ['second-client'] },
    ),
    refused(
      'under-the-right-kid',
      { signedBy: 'another-registered-party', kid: 'own', defect: { kind: 'foreign-key' } },
      'it names one party and its key, and was signed by another',
      { needs: ['second-client'] },
    ),
    refused(
      'without-a-kid',
      {
        signedBy: 'another-registered-party',
        header: { kid: null },
        defect: { kind: 'foreign-key' },
      },
      'it names one party, was signed by another, and leaves open with which key',
      { needs: ['second-client'] },
    ),
  ],
}

export const section3Parties: readonly Check[] = [
  issuerMissing,
  issuerUntrusted,
  subjectMissing,
  subjectUnknown,
  otherClient,
  signatureBad,
  foreignKey,
]
