/** Cases that ask an introspection endpoint about a token. */
import type { CaseDraft, Change, PartDraft } from '../harness/model/check.ts'

/** The token of the step named `token`. */
export function taken(): PartDraft {
  return { kind: 'taken', step: 'token', what: 'access-token', as: 'token' }
}

/** A token of an issuer that the server trusts, with something wrong, beside a right one of the same. */
export function inactive(
  name: string,
  because: string,
  change: Change,
  deserves: 'reject' | 'either' = 'reject',
): CaseDraft {
  const asked = (of: Change): readonly PartDraft[] => [
    { kind: 'minted', usage: 'bearer-token', as: 'token', change: of },
    { kind: 'minted' },
  ]
  return {
    name,
    needs: ['introspection', 'token-issuer'],
    steps: [
      { name: 'right', endpoint: 'introspection', parts: asked({ defect: null }) },
      { name: 'wrong', endpoint: 'introspection', parts: asked(change) },
    ],
    expects: [
      { step: 'right', part: 0, deserves: 'accept', because: 'it is good, and its issuer trusted' },
      { step: 'wrong', part: 0, deserves, because },
    ],
  }
}
