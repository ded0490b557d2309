/** What a fault is handed besides its levers: time that passes as fast as it is slept through. */
import type { Site } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { openWires } from '../../../harness/wire/wires.ts'

export function siteAt(startUs = 0): Site {
  let nowUs = startUs
  const clock = {
    nowUs: () => nowUs,
    sleepUntil: async (us: number) => void (nowUs = Math.max(nowUs, us)),
  }
  return {
    clock,
    random: seeded('test'),
    wires: openWires(clock, { answerMs: 1000, answerBytes: 1000 }),
    signal: new AbortController().signal,
    folder: '/nonexistent',
    note: () => undefined,
    adopt: () => () => undefined,
  }
}
