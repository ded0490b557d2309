/** RFC 10070 section 7: the attack that the whole document is about, told of every server whatever it was built to. */
import type { Check } from '../../harness/model/check.ts'
import { claim, CLIENT, tabled } from '../draft.ts'

const injection: Check = {
  id: 'bis/7/audience-injection',
  title: 'What a hostile server could have collected',
  section: 'RFC 10070 §7; RFC 7523 §3 item 3',
  level: 'advisory',
  requirement:
    'A server that publishes another’s token endpoint as its own is sent assertions that name that endpoint; whoever accepts them there can be impersonated.',
  usages: CLIENT,
  finding: 'audience/endpoint-accepted',
  cases: [
    tabled(
      'the-endpoint',
      claim('aud', { $audience: 'token-endpoint' }, { kind: 'audience', form: 'token-endpoint' }),
      [
        {
          deserves: 'either',
          because:
            'a server that accepts it is open to audience injection, whatever its profile says',
        },
      ],
      { needs: ['token-endpoint-apart'] },
    ),
    tabled(
      'the-endpoint-beside-the-hostile-server',
      claim('aud', ['https://hostile-server.example', { $audience: 'token-endpoint' }], {
        kind: 'audience',
        form: 'shared',
      }),
      [
        {
          deserves: 'either',
          because:
            'a server that accepts it is open to audience injection, whatever its profile says',
        },
      ],
      { needs: ['token-endpoint-apart'] },
    ),
  ],
}

export const section7: readonly Check[] = [injection]
