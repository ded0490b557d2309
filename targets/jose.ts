/** A verifier that is a function in this process: the `jwtVerify` of the jose library. */
import type { Random, Target } from '../harness/model/target.ts'

export function joseVerifier(_random: Random): Target {
  throw new RangeError('not yet')
}
