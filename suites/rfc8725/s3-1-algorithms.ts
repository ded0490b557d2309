/** RFC 8725 section 3.1: algorithms are chosen by whoever reads, key by key. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, CLIENT, refused } from '../draft.ts'

const allowList: Check = {
  id: 'rfc8725/3.1/alg-allowlist',
  title: 'A signature of a published key of another algorithm is refused',
  section: 'RFC 8725 §3.1',
  level: 'must',
  requirement:
    'Which algorithms count is a list of the reader’s own; that a key is published adds none.',
  usages: BOTH,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    refused(
      'published-and-not-registered',
      { key: 'idle', defect: { kind: 'idle-key' } },
      'its key is published and not registered for anything',
      { needs: ['idle-key'] },
    ),
    refused(
      'rs512-by-an-rs256-key',
      {
        algorithm: 'RS256',
        header: { alg: 'RS512' },
        defect: { kind: 'signed-otherwise', form: 'rs512' },
      },
      'its key is registered for RS256, and it is rightly signed with RS512',
      { needs: ['bound-algorithms'] },
    ),
  ],
}

const onePerKey: Check = {
  id: 'rfc8725/3.1/one-alg-per-key',
  title: 'A key verifies one algorithm and no other',
  section: 'RFC 8725 §3.1',
  level: 'must',
  requirement: 'A key is used with exactly one algorithm, and that is looked at when it verifies.',
  usages: BOTH,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    refused(
      'rs256-by-a-ps256-key',
      {
        algorithm: 'PS256',
        header: { alg: 'RS256' },
        defect: { kind: 'signed-otherwise', form: 'rs256' },
      },
      'its key is registered for PS256, and it is rightly signed with RS256',
      { needs: ['bound-algorithms'] },
    ),
    refused(
      'ps256-by-an-rs256-key',
      {
        algorithm: 'RS256',
        header: { alg: 'PS256' },
        defect: { kind: 'signed-otherwise', form: 'ps256' },
      },
      'its key is registered for RS256, and it is rightly signed with PS256',
      { needs: ['bound-algorithms'] },
    ),
  ],
}

const clientBinding: Check = {
  id: 'rfc8725/3.1/client-alg-binding',
  title: 'A client that is registered for one algorithm may not sign with another',
  section: 'RFC 8725 §3.1; OpenID Connect Dynamic Client Registration §2',
  level: 'must',
  requirement:
    'A client’s assertions that are signed with another algorithm than it is registered for must be refused.',
  usages: CLIENT,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    refused(
      'with-another-key-of-its-own',
      { key: 'idle', defect: { kind: 'idle-key' } },
      'its own other key signed it, which it is not registered to sign with',
      { needs: ['idle-key'] },
    ),
  ],
}

export const section31: readonly Check[] = [allowList, onePerKey, clientBinding]
