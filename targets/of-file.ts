/** The target that a target file describes. */
import type { TargetFile } from '../harness/model/target-file.ts'
import type { Random, Target } from '../harness/model/target.ts'

export async function targetOfFile(_file: TargetFile, _path: string, _random: Random): Promise<Target> {
  throw new RangeError('not yet')
}
