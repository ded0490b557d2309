/** RFC 10070 section 4: the one audience that is left to client assertions. */
import type { Check } from '../../harness/model/check.ts'

const tokenEndpoint: Check = {
  id: 'bis/4/aud-token-endpoint',
  title: 'The token endpoint as an audience',
  section: 'RFC 10070 §4; RFC 7523 §3 item 3',
  level: 'must',
  requirement:
    'RFC 7523 allows the token endpoint’s URL to name the server; RFC 10070 forbids it, for a hostile server can publish that URL as its own.',
  usages: ['client-authentication'],
  finding: 'audience/endpoint-accepted',
  cases: [
    {
      name: 'as-one-string',
      steps: [
        {
          name: 'ask',
          change: {
            set: { aud: { $audience: 'token-endpoint' } },
            defect: { kind: 'audience', form: 'token-endpoint' },
          },
        },
      ],
      expects: [
        {
          step: 'ask',
          when: { 'aud.ca.values': 'issuer' },
          deserves: 'reject',
          because: 'only the issuer may be named',
        },
        {
          step: 'ask',
          deserves: 'accept',
          because: 'the token endpoint is among what client and server agreed on',
        },
      ],
    },
  ],
}

export const section4: readonly Check[] = [tokenEndpoint]
