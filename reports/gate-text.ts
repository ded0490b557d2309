/** A gate as it is written on the command line. */
import type { Gate } from '../harness/model/scenario.ts'

/** The text that `--gate` takes for this gate. */
export function gateText({ metric, attack, phase, frame, below }: Gate): string {
  const [of, at] = [attack === null ? '' : `[${attack}]`, phase === null ? '' : `@${phase}`]
  return `${frame === 'code' ? 'code ' : ''}${metric}${of}${at} < ${below}`
}
