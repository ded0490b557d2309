/** RFC 9449 section 8: nonces that a server gives. */
import type { Check } from '../../harness/model/check.ts'
import { claim, PROOF, told, UNCHANGED } from '../draft.ts'

const nonce: Check = {
  id: 'rfc9449/8/nonce',
  title: 'A proof without the server’s nonce, or with one that it did not give',
  section: 'RFC 9449 §4.3, §8, §11.3',
  level: 'may',
  requirement:
    'A server that has given a nonce refuses proofs without it; a server that has given none knows none.',
  usages: PROOF,
  finding: 'dpop/invalid-proof-accepted',
  cases: [
    told('absent', UNCHANGED, 'a server need not give nonces', { needs: ['dpop'] }),
    told(
      'nobodys',
      claim('nonce', 'nobody-gave-this', { kind: 'proof', of: 'nonce' }),
      'a server that gives no nonces may pass over it',
      { needs: ['dpop'] },
    ),
  ],
}

export const section8: readonly Check[] = [nonce]
