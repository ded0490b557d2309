/** A gate as it is written on the command line. */
import type { Rate } from '../harness/model/record.ts'
import type { Gate } from '../harness/model/scenario.ts'

/** The text that `--gate` takes for this gate. */
export function gateText({ metric, attack, phase, frame, below }: Gate): string {
  const [of, at] = [attack === null ? '' : `[${attack}]`, phase === null ? '' : `@${phase}`]
  return `${frame === 'code' ? 'code ' : ''}${metric}${of}${at} < ${below}`
}

/** Whether a gate of a scenario stands on one of its rates. Without a class or a phase it stands on each of them. */
export function isLimitOf(gate: Gate, rate: Rate): boolean {
  return (
    rate.metric === gate.metric &&
    rate.frame === gate.frame &&
    rate.node === null &&
    (gate.attack === null || rate.attack === gate.attack) &&
    (gate.phase === null ? rate.phase !== 'transition' : rate.phase === gate.phase)
  )
}
