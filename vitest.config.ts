import { defineConfig } from 'vitest/config'

const SECOND = 1000

/** Whole runs in simulated time, to which it is all one how busy the machine is. */
const SIMULATED = ['test/self/{alive,profiles,simulated}.test.ts']

/** Tests that start real servers: one file at a time, since they measure time and a small machine has two cores. */
const live = (name: string, groupOrder: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    exclude: SIMULATED,
    fileParallelism: false,
    sequence: { groupOrder },
    testTimeout: 240 * SECOND,
    hookTimeout: 120 * SECOND,
  },
})

/** What waits for sockets and clocks, among the unit tests: a file beside it would make it late. */
const TIMED = ['test/unit/{api,drive,history,targets,wire}/**/*.test.ts']

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
          exclude: TIMED,
          maxWorkers: 2,
          testTimeout: 20 * SECOND,
        },
      },
      {
        test: {
          name: 'simulated',
          include: SIMULATED,
          maxWorkers: 2,
          testTimeout: 240 * SECOND,
        },
      },
      {
        test: {
          name: 'timed',
          include: TIMED,
          sequence: { groupOrder: 1 },
          testTimeout: 20 * SECOND,
        },
      },
      {
        test: {
          name: 'tidy',
          include: ['test/tidy/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 60 * SECOND,
        },
      },
      live('self', 2),
      live('e2e', 3),
      // They ask for a container engine: `npm run test:containers`.
      ...(process.env['CUPEL_TESTS'] === 'containers' ? [live('containers', 4)] : []),
    ],
  },
})
