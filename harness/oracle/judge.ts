/** The judge: a fold over a history under one profile. */
import type { Judging } from '../model/judging.ts'
import type { Judge } from '../model/verdict.ts'

export function openJudge(_judging: Judging, _profile: string): Judge {
  throw new RangeError('not written yet')
}
