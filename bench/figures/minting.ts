import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Figure } from '../figure.ts'
import { mintsPerSecond } from '../minted.ts'

/** ES256 assertions minted a second over what `openssl speed` signs, both in processor time of one core. */
export const minting: Figure = {
  name: 'ES256 assertions minted per second and core over openssl',
  unit: 'ratio',
  goal: { atLeast: 0.7 },
  async measure(say) {
    const signs = await opensslSigns()
    if (signs === null) {
      say('openssl: skipped, it is not installed')
      return null
    }
    const mints = await mintsPerSecond()
    say(`minted ${Math.round(mints)} a second, openssl signs ${Math.round(signs)}`)
    return mints / signs
  },
}

/** Its last line ends with the rates of signing and of verifying. */
async function opensslSigns(): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)('openssl', ['speed', '-seconds', '2', 'ecdsap256'])
    const [signs] = /([\d.]+)\s+[\d.]+\s*$/u.exec(stdout)?.slice(1) ?? []
    return signs === undefined ? null : Number(signs)
  } catch {
    return null
  }
}
