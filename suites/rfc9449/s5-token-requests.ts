/** RFC 9449 section 5: what comes of a proof at the token endpoint. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, PROOF, UNCHANGED } from '../draft.ts'

const tokenType: Check = {
  id: 'rfc9449/5/token-type',
  title: 'A token that was asked for with a proof says whether it is bound',
  section: 'RFC 9449 §5',
  level: 'should',
  requirement: 'The type of a bound token is DPoP; Bearer says that it is not bound.',
  usages: PROOF,
  finding: 'tokens/binding-ignored',
  cases: [
    accepted('control', UNCHANGED, 'the proof is right', {
      needs: ['dpop'],
      faults: { 'not-bound': 'tokens/binding-ignored' },
    }),
  ],
}

const grant: Check = {
  id: 'rfc9449/5/jwt-grant',
  title: 'A JWT grant with a proof is accepted',
  section: 'RFC 9449 §5',
  level: 'must',
  requirement: 'A proof binds the token of any grant, that of RFC 7523 among them.',
  usages: PROOF,
  finding: 'refusal/valid-refused',
  cases: [
    {
      name: 'beside-a-grant',
      needs: ['dpop'],
      steps: [
        {
          name: 'ask',
          parts: [{ kind: 'minted', usage: 'authorization-grant' }, { kind: 'minted' }],
        },
      ],
      expects: [{ step: 'ask', part: 1, deserves: 'accept', because: 'grant and proof are right' }],
    },
  ],
}

export const section5: readonly Check[] = [tokenType, grant]
