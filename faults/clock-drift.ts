import type { Fault } from '../harness/model/fault.ts'

/** How far a clock must have gone for its drift to be seen, in microseconds: more than a busy node's can be misread by. */
const SEEN_US = 50_000
const LEFT_US = 100_000
const LOOKS = 40
const LOOK_US = 50_000

/** A node's clock gains `ppm` millionths of the time that passes, or loses them where that is negative. Forgets nothing. */
export const clockDrift: Fault<'clock'> = {
  name: 'clock.drift',
  title: 'The clock of a node goes too fast, or too slowly',
  needs: ['clock'],
  forgets: 'nothing',
  async inflict(node, { clock }, site, { ppm }) {
    const asked = typeof ppm === 'number' ? ppm : 0
    if (asked !== 0) await clock.setDrift(node, asked)
    return {
      rung: clock.rung,
      async confirm() {
        if (asked === 0) throw new RangeError('ppm is to be a number other than 0')
        for (let looks = 0; looks < LOOKS; looks++) {
          const seen = await clock.measure(node)
          if (asked > 0 ? seen.lowUs >= SEEN_US : seen.highUs <= -SEEN_US) return { ...seen }
          await site.clock.sleepUntil(site.clock.nowUs() + LOOK_US)
        }
        return null
      },
      async mend() {
        await clock.setDrift(node, 0)
        await clock.setOffset(node, 0)
      },
      async confirmMended() {
        const seen = await clock.measure(node)
        // A `Date` of whole seconds cannot say it more exactly than that it need not be wrong.
        return seen.lowUs <= LEFT_US && seen.highUs >= -LEFT_US ? { ...seen } : null
      },
    }
  },
}
