/** Which tests the mutants of oracle, tally and plan have to fail: all of them, or those of files that are named. */
export const TESTS = process.env['CUPEL_MUTATE_TESTS']?.split(' ') ?? [
  'test/unit/{oracle,tally,plan}/**/*.test.ts',
  'test/histories/**/*.test.ts',
]

/** By parts of their ids: they take seconds each, or count how often something is seen in thousands of draws. */
export const LEFT_OUT = [
  'however much waits, it leaves in order',
  'holds nothing of 100,000 keys',
  'thousands of them are a few counts',
  'test/unit/plan/stem.test.ts',
  'test/unit/plan/property.test.ts#a counterexample',
  'test/unit/plan/property.test.ts#what is drawn',
  'asks whatever failed again with the same requests',
  'has every three ways together once many cases are asked for',
  'every selection of checks gives a plan',
  'coverage, by simulation',
  'is broken at any moment of a run by no more than',
  'errs no more often than it was asked to',
  'must not be found more often than it claims',
  'is found to have risen in few of many',
  'a clock within the slack changes nothing',
  'often enough',
]
