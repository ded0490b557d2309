/** Mutation tests of what makes claims: the oracle, the figures and the plan. `npm run mutate`. */
export default {
  testRunner: 'in-process',
  plugins: ['./tools/mutants/runner.ts'],
  mutate: ['harness/{oracle,tally,plan}/**/*.ts'],
  ignorePatterns: ['bench', 'docs', 'dist', 'test/e2e', 'test/self'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: 'out/stryker/incremental.json',
  tempDirName: 'out/stryker/tmp',
  reporters: ['clear-text', 'html', 'json'],
  htmlReporter: { fileName: 'out/stryker/report.html' },
  jsonReporter: { fileName: 'out/stryker/report.json' },
  clearTextReporter: { allowColor: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  // Static mutants (constants of a module) run every test each; most are words.
  ignoreStatic: true,
  timeoutMS: 20_000,
  concurrency: 1,
}
