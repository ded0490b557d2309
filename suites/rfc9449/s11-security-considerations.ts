/** RFC 9449 section 11: proofs that are used again. */
import type { Check } from '../../harness/model/check.ts'
import { claim, PROOF, told } from '../draft.ts'

const replay: Check = {
  id: 'rfc9449/11.1/replay',
  title: 'A proof sent twice',
  section: 'RFC 9449 §11.1',
  level: 'derived',
  requirement: 'Servers can remember proofs; the text grants that replicas may not be able to.',
  usages: PROOF,
  finding: 'replay/accepted-sequentially',
  cases: [
    {
      name: 'to-the-same-address',
      needs: ['dpop'],
      steps: [{ name: 'first' }, { name: 'again', parts: [{ kind: 'again', step: 'first' }] }],
      expects: [
        { step: 'first', deserves: 'accept', because: 'it is the control' },
        {
          step: 'again',
          when: { 'dpop.jti.singleUse': 'required' },
          deserves: 'reject',
          because: 'it has been used before',
        },
        { step: 'again', deserves: 'either', because: 'a server may not be able to remember it' },
      ],
    },
  ],
}

const large: Check = {
  id: 'rfc9449/11.1/jti-large',
  title: 'A proof with a very long identifier',
  section: 'RFC 9449 §11.1',
  level: 'may',
  requirement: 'A server may refuse an identifier that is too long, or keep a hash of it.',
  usages: PROOF,
  finding: 'robustness/server-error',
  cases: [
    told(
      'four-thousand-characters',
      claim('jti', { $jti: 'x'.repeat(4096) }, { kind: 'proof', of: 'jti' }),
      'it may be too long to keep',
      { needs: ['dpop'] },
    ),
  ],
}

export const section111: readonly Check[] = [replay, large]
