import * as library from 'fast-jwt'
import type { Random, Target } from '../../../harness/model/target.ts'
import { fastJwt } from './verify.ts'

export function target(random: Random): Target {
  return fastJwt(library, '6.3.6', random)
}
