/** What trials of the tokens that came for a credential make of its presentations. */
import type { Use } from './use.ts'

/**
 * The presentations without the trials of their tokens. What brought a token that was refused when it was tried is no
 * acceptance, whatever the answer said: nothing was issued that anybody could use (oracle.md, section 3). A trial that was
 * not answered, or never made, tells nothing.
 *
 * @param dead Called for each acceptance that is none.
 */
export function withoutTrials<U extends Use>(uses: readonly U[], dead: () => void): U[] {
  const refused = new Set<string>()
  const others: U[] = []
  for (const use of uses) {
    if (use.tried === null) others.push(use)
    else if (use.outcome === 'rejected') refused.add(use.tried)
  }
  for (const use of others) {
    if (use.outcome !== 'accepted' || !refused.has(use.step)) continue
    use.outcome = 'failed'
    dead()
  }
  return others
}

/** @param count How many tokens did not work. */
export function deadWords(count: number): string {
  const tokens =
    count === 1 ? '1 token that came for an assertion' : `${count} tokens that came for assertions`
  return `${tokens} did not work when tried: what brought them counts as failed, and convicts nobody.`
}
