/** RFC 9449 section 7: bound tokens at a resource. */
import type { Change, Check } from '../../harness/model/check.ts'
import { claim, refused, TOKEN, type Extra } from '../draft.ts'

const DPOP: Extra = { needs: ['dpop'] }
/** The thumbprint of a key that nobody has. */
const BOUND: Change = claim(
  'cnf',
  { jkt: 'bm9ib2R5LWhhcy10aGlzLWtleS1hbmQtbmV2ZXItd2lsbA' },
  { kind: 'binding', to: 'key' },
)

const downgrade: Check = {
  id: 'rfc9449/7.2/bearer-downgrade',
  title: 'A token that is bound to a key is refused as a bearer token',
  section: 'RFC 9449 §7.2',
  level: 'must',
  requirement:
    'A resource that knows both must not take a bound token from whoever happens to have it.',
  usages: TOKEN,
  finding: 'tokens/binding-ignored',
  cases: [refused('as-bearer', BOUND, 'it is bound to a key, and came without a proof', DPOP)],
}

const missing: Check = {
  id: 'rfc9449/7.1/proof-missing',
  title: 'A bound token without a proof is refused',
  section: 'RFC 9449 §7.1',
  level: 'must',
  requirement: 'A bound token comes with a proof in every request.',
  usages: TOKEN,
  finding: 'tokens/binding-ignored',
  cases: [refused('no-proof', BOUND, 'nobody proves to have its key', DPOP)],
}

const binding: Check = {
  id: 'rfc9449/7.1/key-binding',
  title: 'A proof of another key than the token is bound to is refused',
  section: 'RFC 9449 §4.3, §6, §7.1',
  level: 'must',
  requirement: 'The key that signed the proof is the one that the token names.',
  usages: TOKEN,
  finding: 'tokens/binding-ignored',
  cases: [
    {
      name: 'another-key',
      needs: ['dpop'],
      steps: [
        {
          name: 'ask',
          parts: [
            { kind: 'minted', change: BOUND },
            { kind: 'minted', usage: 'dpop-proof' },
          ],
        },
      ],
      expects: [
        {
          step: 'ask',
          part: 0,
          deserves: 'reject',
          because: 'its key is not the one of the proof',
        },
      ],
    },
  ],
}

const hash: Check = {
  id: 'rfc9449/7/ath',
  title: 'A proof that does not name its token, or names another, is refused',
  section: 'RFC 9449 §4.2, §4.3, §7',
  level: 'must',
  requirement: 'At a resource a proof holds the hash of the token that it goes with.',
  usages: TOKEN,
  finding: 'dpop/invalid-proof-accepted',
  cases: [
    {
      name: 'another-token',
      needs: ['dpop'],
      steps: [
        {
          name: 'ask',
          parts: [
            { kind: 'minted' },
            {
              kind: 'minted',
              usage: 'dpop-proof',
              change: claim('ath', 'bm8tdG9rZW4taGFzLXRoaXMtaGFzaC1hdC1hbGwtbmV2ZXI', {
                kind: 'proof',
                of: 'ath',
              }),
            },
          ],
        },
        {
          name: 'without',
          parts: [
            { kind: 'minted' },
            {
              kind: 'minted',
              usage: 'dpop-proof',
              change: { defect: { kind: 'proof', of: 'ath' } },
            },
          ],
        },
      ],
      expects: [
        { step: 'ask', part: 1, deserves: 'reject', because: 'it names another token' },
        { step: 'without', part: 1, deserves: 'reject', because: 'it names no token' },
      ],
    },
  ],
}

export const section7: readonly Check[] = [downgrade, missing, binding, hash]
