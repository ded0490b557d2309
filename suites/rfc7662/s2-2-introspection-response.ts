/** RFC 7662 section 2.2: what is said of a token. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT } from '../draft.ts'
import { inactive, taken } from '../introspected.ts'

const active: Check = {
  id: 'rfc7662/2.2/active',
  title: 'A token is told to be active exactly if it is',
  section: 'RFC 7662 §2.2, §4',
  level: 'must',
  requirement:
    'Introspection says whether a token is good now: signed, begun, not ended, not revoked. Of any other it says that it is not, and that is no error.',
  usages: CLIENT,
  finding: 'introspection/inactive-told-active',
  cases: [
    {
      name: 'issued-and-nonsense',
      needs: ['introspection'],
      steps: [
        { name: 'token' },
        { name: 'issued', endpoint: 'introspection', parts: [taken(), { kind: 'minted' }] },
        {
          name: 'nonsense',
          endpoint: 'introspection',
          parts: [{ kind: 'nothing' }, { kind: 'minted' }],
          form: { set: { token: 'no.token.of-anybody' } },
        },
      ],
      expects: [
        { step: 'token', deserves: 'accept', because: 'it is the control' },
        { step: 'issued', part: 0, deserves: 'accept', because: 'it was issued a moment ago' },
        { step: 'nonsense', part: 0, deserves: 'reject', because: 'nobody issued it' },
      ],
    },
    inactive('expired', 'it ended a day ago', {
      set: { exp: { $now: -86_400 } },
      defect: { kind: 'expired', seconds: 86_400 },
    }),
    // Of whom a server answers about a token (§4) the asking client's being a resource is a part, which only it knows.
    inactive(
      'for-another',
      'whether who asks is a resource that it is for, only the server knows',
      {
        set: { aud: 'https://somebody-else.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
      'either',
    ),
  ],
}

const leak: Check = {
  id: 'rfc7662/2.2/no-leak',
  title: 'Of a token that is not active nothing else ought to be told',
  section: 'RFC 7662 §2.2, §4',
  level: 'should',
  requirement: 'Whoever asks about a token that is not good learns that, and no more.',
  usages: CLIENT,
  finding: 'introspection/inactive-told-active',
  cases: [
    {
      name: 'nonsense',
      needs: ['introspection'],
      steps: [
        { name: 'token' },
        { name: 'issued', endpoint: 'introspection', parts: [taken(), { kind: 'minted' }] },
        {
          name: 'nonsense',
          endpoint: 'introspection',
          parts: [{ kind: 'nothing' }, { kind: 'minted' }],
          form: { set: { token: 'no.token.of-anybody' } },
        },
      ],
      expects: [
        { step: 'issued', part: 0, deserves: 'accept', because: 'it was issued a moment ago' },
        {
          step: 'nonsense',
          part: 0,
          deserves: 'reject',
          faults: { 'inactive-told': 'answers/not-in-form' },
          because: 'nobody issued it',
        },
      ],
    },
  ],
}

export const section22: readonly Check[] = [active, leak]
