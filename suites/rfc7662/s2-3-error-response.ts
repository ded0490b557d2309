/** RFC 7662 section 2.3: introspection is for those who authenticate. */
import type { Check } from '../../harness/model/check.ts'

const authentication: Check = {
  id: 'rfc7662/2.3/auth',
  title: 'Introspection refuses a client assertion that does not verify',
  section: 'RFC 7662 §2.1, §2.3',
  level: 'stated',
  requirement:
    'Whoever asks about a token must authenticate; wrong credentials get no word about it.',
  usages: ['client-authentication'],
  finding: 'introspection/unauthenticated',
  cases: [
    {
      name: 'broken-signature',
      needs: ['introspection'],
      steps: [
        { name: 'token' },
        {
          name: 'introspect',
          endpoint: 'introspection',
          parts: [
            { kind: 'taken', step: 'token', what: 'access-token', as: 'token' },
            { kind: 'minted' },
          ],
        },
        {
          name: 'introspect-badly',
          endpoint: 'introspection',
          parts: [
            { kind: 'taken', step: 'token', what: 'access-token', as: 'token' },
            { kind: 'minted', change: { defect: { kind: 'signature-bit' } } },
          ],
        },
      ],
      expects: [
        { step: 'token', deserves: 'accept', because: 'it is the control' },
        {
          step: 'introspect',
          part: 1,
          deserves: 'accept',
          because: 'the token was just issued and the client is who it says',
        },
        {
          step: 'introspect-badly',
          part: 1,
          deserves: 'reject',
          errors: ['invalid_client'],
          because: 'one bit of the client assertion’s signature was changed',
        },
      ],
    },
  ],
}

export const section23: readonly Check[] = [authentication]
