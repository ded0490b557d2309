/** The part of a jti that the plan chooses: eight hex digits of a stream of its own, so that adding a case moves no other. */
import type { Random } from '../model/target.ts'

export function stem(random: Random, name: string): string {
  return Math.floor(random.stream(`jti/${name}`).next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}
