/** `cupel probe`. */
import { probe } from '../api/probe.ts'
import type { Usage } from '../harness/model/plan.ts'
import { freshSeed } from '../harness/random.ts'
import { probeText } from '../reports/probe-text.ts'
import { stopOnSignals } from './signals.ts'
import { show } from './tell.ts'

export interface ProbeCommandOptions {
  readonly target: string
  readonly profile?: string
  readonly seed?: string
  readonly usage: readonly Usage[]
  readonly out: string
  readonly capacity: number
  readonly wait: boolean
  readonly maxRate?: number
  readonly json: boolean
}

/** @returns The exit code: 2 where the plainest right request was not accepted. */
export async function probeCommand(options: ProbeCommandOptions): Promise<number> {
  const note = (text: string): void => console.error(text)
  const stopping = stopOnSignals(note)
  const seed = options.seed ?? freshSeed()
  note(`seed ${seed}, target ${options.target}, measuring`)
  try {
    const report = await probe({
      target: options.target,
      profile: options.profile ?? null,
      seed,
      ...(options.usage.length === 0 ? {} : { usages: options.usage }),
      out: options.out,
      capacity: options.capacity,
      waits: options.wait,
      maxPerSecond: options.maxRate ?? null,
      signal: stopping.signal,
      note,
    })
    if (options.json) console.log(JSON.stringify(report, null, 2))
    else show((paint, columns) => probeText(report, paint, columns))
    return report.usages.some(({ control }) => control.outcome === 'accepted') ? 0 : 2
  } finally {
    stopping.release()
  }
}
