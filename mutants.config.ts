/** The tests that mutants of oracle, tally and plan must fail: quick ones, in this process. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'mutants',
    include: ['test/unit/{oracle,tally,plan}/**/*.test.ts', 'test/histories/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
