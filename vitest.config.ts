import { defineConfig } from 'vitest/config'

const SECOND = 1000

/** Tests that start real servers: one file at a time, since they measure time and a small machine has two cores. */
const live = (name: string, groupOrder: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    fileParallelism: false,
    sequence: { groupOrder },
    testTimeout: 240 * SECOND,
    hookTimeout: 120 * SECOND,
  },
})

export default defineConfig({
  test: {
    passWithNoTests: false,
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', 'json'],
    outputFile: { json: 'out/vitest.json' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/histories/**/*.test.ts'],
          testTimeout: 20 * SECOND,
        },
      },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'], testTimeout: 60 * SECOND } },
      live('self', 1),
      live('e2e', 2),
      // They ask for a container engine: `npm run test:containers`.
      ...(process.env['CUPEL_TESTS'] === 'containers' ? [live('containers', 3)] : []),
    ],
  },
})
