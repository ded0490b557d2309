/** How long a token was good after it was revoked, node by node, and how many tokens that stands on. */
import type { Derived } from '../../model/derived.ts'
import type { JudgedTarget } from '../../model/judging.ts'
import type { Guard } from '../../model/scenario.ts'
import {
  afterwards,
  sinceUs,
  wasGood,
  wheresOf,
  type TokenLife,
  type Where,
} from './token-lives.ts'

/**
 * It was good for so long at least, by the latest acceptance, and at most, by the first refusal that none followed; without
 * an upper end where one was never refused.
 */
export function tokenTimes(lives: readonly TokenLife[]): readonly Derived[] {
  return wheresOf(lives).flatMap((where): readonly Derived[] => {
    const spans = lives.flatMap((life) => spanAt(life, where) ?? [])
    if (spans.length === 0) return []
    const low = Math.max(...spans.map(({ lowUs }) => lowUs)) / 1e6
    const high = Math.max(...spans.map(({ highUs }) => highUs)) / 1e6
    const name = 'revoked-token-for'
    return [
      { name, ...where, unit: 's', low, high: high === Infinity ? null : high, of: spans.length },
    ]
  })
}

function spanAt(life: TokenLife, where: Where): { lowUs: number; highUs: number } | null {
  const said = afterwards(life, where)
  if (said.length === 0 || !wasGood(life, where)) return null
  const latest = said.findLastIndex(({ outcome }) => outcome === 'accepted')
  const [accepted, refused] = [said[latest], said[latest + 1]]
  return {
    lowUs: accepted === undefined ? 0 : sinceUs(life, accepted),
    highUs: refused === undefined ? Infinity : refused.toUs - life.revoked.fromUs,
  }
}

/**
 * Tokens for a guard, each once for each place where it was good and afterwards something was said of it. A target that has a
 * time for it must have been asked after that: before, it may say what it likes.
 */
export function revocationsFor(
  { stream, nodes }: Guard,
  lives: readonly TokenLife[],
  { declares }: Pick<JudgedTarget, 'declares'>,
): number {
  const leastUs = (declares.propagationSeconds?.revokedToken ?? 0) * 1e6
  const counts = (life: TokenLife, where: Where): boolean =>
    (stream === undefined || stream === life.stream) &&
    (nodes === undefined || (nodes === 'same') === (where.node === life.revoked.node)) &&
    wasGood(life, where) &&
    afterwards(life, where).some((each) => sinceUs(life, each) >= leastUs)
  return lives.reduce(
    (sum, life) => sum + wheresOf([life]).filter((where) => counts(life, where)).length,
    0,
  )
}
