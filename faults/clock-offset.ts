import type { Fault } from '../harness/model/fault.ts'

/** The share of what was asked that must be seen for it to count, and that may be left when it counts as gone. */
const SEEN = 0.8
const LEFT = 0.2
/** What is left at least: how exactly a busy node's clock can be read, in microseconds. */
const LEFT_LEAST_US = 100_000

/** A node's clock `offsetSeconds` ahead of the time, or behind it where that is negative. Forgets nothing. */
export const clockOffset: Fault<'clock'> = {
  name: 'clock.offset',
  title: 'The clock of a node is wrong by some seconds',
  needs: ['clock'],
  forgets: 'nothing',
  async inflict(node, { clock }, _site, { offsetSeconds }) {
    const askedUs = typeof offsetSeconds === 'number' ? offsetSeconds * 1e6 : 0
    if (askedUs !== 0) await clock.setOffset(node, askedUs)
    return {
      rung: clock.rung,
      async confirm() {
        if (askedUs === 0) throw new RangeError('offsetSeconds is to be a number other than 0')
        const seen = await clock.measure(node)
        const least = askedUs * SEEN
        return (askedUs > 0 ? seen.lowUs >= least : seen.highUs <= least) ? { ...seen } : null
      },
      mend: () => clock.setOffset(node, 0),
      async confirmMended() {
        const seen = await clock.measure(node)
        const most = Math.max(LEFT_LEAST_US, Math.abs(askedUs) * LEFT)
        return seen.lowUs >= -most && seen.highUs <= most ? { ...seen } : null
      },
    }
  },
}
