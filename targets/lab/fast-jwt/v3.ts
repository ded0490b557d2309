import * as library from 'fast-jwt-3'
import type { Random, Target } from '../../../harness/model/target.ts'
import { fastJwt } from './verify.ts'

export function target(random: Random): Target {
  return fastJwt(library, '3.3.1', random)
}
