/** RFC 8725 section 3.10: what a header says is not to be trusted. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused } from '../draft.ts'

const injection: Check = {
  id: 'rfc8725/3.10/kid-injection',
  title: 'A key identifier is a name, and never a path, a query or a property',
  section: 'RFC 8725 §3.10',
  level: 'must',
  requirement: 'What the header says of a key must not lead to a key that anybody can know.',
  usages: ALL,
  finding: 'signature/foreign-key-accepted',
  cases: [
    guessed('path-to-nothing', '../../../../../../dev/null', ''),
    guessed('address-of-a-file', 'file:///dev/null', ''),
    guessed('query', `nobody' UNION SELECT 'secret`, 'secret'),
    guessed('directory-filter', '*)(uid=*))(|(uid=*', ''),
    guessed('property', '__proto__', '[object Object]'),
    guessed('very-long', 'k'.repeat(4096), ''),
  ],
}

const request: Check = {
  id: 'rfc8725/3.10/ssrf',
  title: 'An address in a header is not asked for anything',
  section: 'RFC 8725 §3.10',
  level: 'should',
  requirement: 'A reader must not be made to ask an address that a stranger chose.',
  usages: ALL,
  finding: 'signature/embedded-key-accepted',
  cases: [
    refused(
      'jku-of-this-machine',
      {
        header: { kid: null, jku: 'http://127.0.0.1:9/keys.json' },
        defect: { kind: 'attacker-key' },
      },
      'a stranger signed it and names an address on the reader’s own machine',
    ),
    refused(
      'whether-it-was-asked',
      {
        header: { kid: null, jku: 'http://127.0.0.1:9/keys.json' },
        defect: { kind: 'attacker-key' },
      },
      'a stranger signed it and says where the key is to be had',
      { needs: ['listener'] },
    ),
  ],
}

export const section310: readonly Check[] = [injection, request]

function guessed(name: string, kid: string, secret: string) {
  return refused(
    name,
    { header: { alg: 'HS256', kid }, defect: { kind: 'guessed-secret', secret } },
    'its MAC was made with what such a lookup would find',
  )
}
