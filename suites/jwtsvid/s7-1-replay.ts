/** JWT-SVID section 7.1: agents keep JWT-SVIDs and present them again. */
import type { Check } from '../../harness/model/check.ts'
import { TOKEN } from '../draft.ts'

const replay: Check = {
  id: 'jwtsvid/7.1/replay',
  title: 'A JWT-SVID may be presented again',
  section: 'JWT-SVID §7.1',
  level: 'may',
  requirement: 'Whoever verifies need not remember; whoever presents keeps what is still good.',
  usages: TOKEN,
  finding: 'refusal/valid-refused',
  cases: [
    {
      name: 'at-once',
      needs: ['spiffe'],
      steps: [{ name: 'first' }, { name: 'again', parts: [{ kind: 'again', step: 'first' }] }],
      expects: [
        { step: 'first', deserves: 'accept', because: 'it is the control' },
        { step: 'again', deserves: 'either', because: 'to remember is allowed, and seldom wise' },
      ],
    },
  ],
}

export const section71: readonly Check[] = [replay]
