/** `cupel doctor`. */
import { doctor } from '../api/doctor.ts'
import { doctorText } from '../reports/doctor-text.ts'
import { stopOnSignals } from './signals.ts'
import { show } from './tell.ts'

export interface DoctorCommandOptions {
  readonly target?: string
  readonly profile?: string
  readonly out: string
  readonly maxRate?: number
  readonly json: boolean
}

/** @returns The exit code: 0 ready, 2 in part, 254 not at all. */
export async function doctorCommand(options: DoctorCommandOptions): Promise<number> {
  const note = (text: string): void => console.error(text)
  const stopping = stopOnSignals(note)
  try {
    const report = await doctor({
      target: options.target ?? null,
      profile: options.profile ?? null,
      out: options.out,
      maxPerSecond: options.maxRate ?? null,
      signal: stopping.signal,
      note,
    })
    if (options.json) console.log(JSON.stringify(report, null, 2))
    else show((paint, columns) => doctorText(report, paint, columns))
    return report.exitCode
  } finally {
    stopping.release()
  }
}
