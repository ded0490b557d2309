import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Figure } from '../figure.ts'
import type { Measured } from '../simulated-day.ts'

/** A simulated day at 50 requests a second, made and judged in one process. */
export const simulated: Figure = {
  name: 'a simulated day, made and judged',
  unit: 's',
  goal: { atMost: 30 },
  async measure(say) {
    const { stdout } = await promisify(execFile)(process.execPath, ['bench/simulated-day.ts'])
    const day: Measured = JSON.parse(stdout)
    say(`${day.observed} observations, ${day.peakMiB} MiB, ${day.convicted} convicted`)
    return day.seconds
  },
}
