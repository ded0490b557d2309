/** RFC 10070 sections 4 and 5: wherever clients authenticate by assertion, the same audience counts. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { claim, CLIENT } from '../draft.ts'

const ISSUER_ONLY: Readonly<Record<string, Json>> = { 'aud.ca.values': 'issuer' }

const pushed: Check = {
  id: 'bis/5/par-endpoint-aud',
  title: 'The endpoint for pushed requests as an audience',
  section: 'RFC 10070 §5; RFC 9126 §2',
  level: 'must',
  requirement:
    'RFC 9126 wanted this endpoint’s own URL to be accepted; RFC 10070 takes that back, and leaves the issuer alone.',
  usages: CLIENT,
  finding: 'audience/endpoint-accepted',
  cases: [
    {
      name: 'its-own-url',
      needs: ['par'],
      steps: [
        { name: 'right', endpoint: 'par' },
        {
          name: 'ask',
          endpoint: 'par',
          change: claim('aud', { $audience: 'par' }, { kind: 'audience', form: 'par' }),
        },
      ],
      expects: [
        { step: 'right', deserves: 'accept', because: 'it names the issuer, as elsewhere' },
        {
          step: 'ask',
          when: { 'aud.par.values': 'issuer' },
          deserves: 'reject',
          errors: ['invalid_client', 'invalid_request'],
          because: 'only the issuer may be named',
        },
        {
          step: 'ask',
          deserves: 'either',
          because: 'RFC 9126 as it was published wants it to be accepted',
        },
      ],
    },
  ],
}

const elsewhere: Check = {
  id: 'bis/5/other-endpoints',
  title: 'The token endpoint as an audience at another endpoint',
  section: 'RFC 10070 §4; RFC 7662 §2.1',
  level: 'derived',
  requirement: 'A client assertion is held to the same audience wherever it is presented.',
  usages: CLIENT,
  finding: 'audience/endpoint-accepted',
  cases: [
    {
      name: 'introspection',
      needs: ['introspection', 'token-endpoint-apart'],
      steps: [
        { name: 'token' },
        { name: 'right', endpoint: 'introspection', parts: [taken(), { kind: 'minted' }] },
        {
          name: 'ask',
          endpoint: 'introspection',
          parts: [
            taken(),
            {
              kind: 'minted',
              change: claim(
                'aud',
                { $audience: 'token-endpoint' },
                { kind: 'audience', form: 'token-endpoint' },
              ),
            },
          ],
        },
      ],
      expects: [
        { step: 'token', deserves: 'accept', because: 'it is the control' },
        { step: 'right', part: 1, deserves: 'accept', because: 'the client is who it says' },
        {
          step: 'ask',
          part: 1,
          when: ISSUER_ONLY,
          deserves: 'reject',
          errors: ['invalid_client', 'invalid_request'],
          because: 'only the issuer may be named',
        },
        {
          step: 'ask',
          part: 1,
          deserves: 'either',
          because: 'what names the server is for both sides to agree on',
        },
      ],
    },
  ],
}

export const section5: readonly Check[] = [pushed, elsewhere]

function taken() {
  return { kind: 'taken', step: 'token', what: 'access-token', as: 'token' } as const
}
