/** Cases of identity assertion grants. Under other profiles the grants that are sent are none, and these rules not theirs. */
import type { CaseDraft, Change, Need } from '../harness/model/check.ts'
import { tabled } from './draft.ts'

/** One identity assertion that must be refused. */
export function identity(
  name: string,
  change: Change,
  because: string,
  needs: readonly Need[] = [],
): CaseDraft {
  return tabled(
    name,
    change,
    [
      { when: { 'typ.grant': 'oauth-id-jag+jwt' }, deserves: 'reject', because },
      { deserves: 'either', because: 'other profiles have other grants' },
    ],
    { needs: ['id-jag', ...needs] },
  )
}
