/** ID-JAG section 4.4.3: the same one again. */
import type { Check } from '../../harness/model/check.ts'
import { GRANT } from '../draft.ts'

const resubmit: Check = {
  id: 'idjag/4.4.3/resubmit',
  title: 'An identity assertion may be presented again',
  section: 'ID-JAG §4.4.3',
  level: 'may',
  requirement: 'It must have an identifier, and may be used again all the same until it ends.',
  usages: GRANT,
  finding: 'refusal/valid-refused',
  cases: [
    {
      name: 'before-its-end',
      needs: ['id-jag'],
      steps: [{ name: 'first' }, { name: 'again', parts: [{ kind: 'again', step: 'first' }] }],
      expects: [
        { step: 'first', deserves: 'accept', because: 'it is the control' },
        {
          step: 'again',
          deserves: 'either',
          because: 'a server may see to it that it is used once',
        },
      ],
    },
  ],
}

export const section443: readonly Check[] = [resubmit]
