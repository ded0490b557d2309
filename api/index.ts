/** The doors for programs. */
export { run, type RunOptions, type RunOutcome } from './run.ts'
export { REPORTS } from '../reports/index.ts'
export { judge } from './judge.ts'
export { compare, type CompareOptions } from './compare.ts'
export { merge, type MergeOptions } from './merge.ts'
export { VERSION } from './version.ts'
export type { Progress } from './progress.ts'
