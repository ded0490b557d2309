/**
 * The part of a jti that the plan chooses: sixteen hex digits of a stream of its own, so that adding a case moves no other.
 *
 * 64 bits, for a right server refuses the second of two assertions that share one: among a million it happens once in
 * 37 million runs, with 32 bits in every one.
 */
import type { Random } from '../model/target.ts'

export function stem(random: Random, name: string): string {
  const draws = random.stream(`jti/${name}`)
  return half(draws) + half(draws)
}

function half(draws: Random): string {
  return Math.floor(draws.next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}
