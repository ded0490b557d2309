import { execFileSync } from 'node:child_process'
import { machineClock } from '../../harness/clock.ts'
import { median, type Figure } from '../figure.ts'

const TIMES = 9

/** How long `cupel --help` takes from a cold start. */
export const start: Figure = {
  name: 'cli/main.ts --help, median of 9',
  unit: 'ms',
  goal: { atMost: 150 },
  async measure() {
    const clock = machineClock()
    return median(
      Array.from({ length: TIMES }, () => {
        const startUs = clock.nowUs()
        execFileSync(process.execPath, ['cli/main.ts', '--help'], { stdio: 'ignore' })
        return (clock.nowUs() - startUs) / 1000
      }),
    )
  },
}
