/** ID-JAG section 9: bound to a key, and never for its own issuer. */
import type { Check } from '../../harness/model/check.ts'
import { claim, GRANT, refused } from '../draft.ts'
import { identity } from '../identity.ts'

const bound: Check = {
  id: 'idjag/9.6/cnf',
  title: 'An identity assertion that is bound to a key is refused without a proof of it',
  section: 'ID-JAG §9.6',
  level: 'must',
  requirement: 'Where it names a key, whoever presents it must prove that it has the key.',
  usages: GRANT,
  finding: 'tokens/binding-ignored',
  cases: [
    identity(
      'without-a-proof',
      claim(
        'cnf',
        { jkt: 'bm9ib2R5LWhhcy10aGlzLWtleS1hbmQtbmV2ZXItd2lsbA' },
        { kind: 'binding', to: 'cnf' },
      ),
      'it is bound to a key, and nobody proves to have it',
      ['dpop'],
    ),
  ],
}

const own: Check = {
  id: 'idjag/9.3/own-issuer',
  title: 'Whoever issued an identity assertion does not take it',
  section: 'ID-JAG §9.3',
  level: 'must',
  requirement: 'It is for another domain than the one that issued it.',
  usages: GRANT,
  finding: 'identity/foreign-issuer-accepted',
  cases: [
    refused(
      'in-its-own-name',
      claim('iss', { $audience: 'issuer' }, { kind: 'claim', claim: 'iss' }),
      'it names the server itself as its issuer',
      { needs: ['id-jag'] },
    ),
  ],
}

export const section9: readonly Check[] = [bound, own]
