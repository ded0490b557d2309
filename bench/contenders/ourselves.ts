/** Cupel: every request labelled, sent on time, recorded and judged, each with a fresh assertion that was minted ahead. */
import { CONNECTIONS, type Contender } from '../contender.ts'
import { mintsPerSecond } from '../minted.ts'
import { ownRun } from '../own.ts'

/** A little more than the mark, so that it can pass it; far more would be requests that it only has to drop. */
const OVER_MARK = 1.15

export const ourselves: Contender = {
  name: 'Cupel, judged',
  missing: async () => null,
  async run({ server: { port }, seconds, mark }) {
    const perSecond = Math.round(mark * OVER_MARK)
    const count = perSecond * seconds
    // All of them are minted before the first is due, as the peers' bodies are.
    const leadSeconds = 2 + (1.5 * count) / (await mintsPerSecond())
    await ownRun(
      {
        port,
        perSecond,
        seconds,
        pace: {
          connections: CONNECTIONS,
          aheadUs: (leadSeconds + seconds) * 1e6,
          leadInUs: leadSeconds * 1e6,
          mostAhead: count,
        },
      },
      ({ record }) => {
        if (record.verdict !== 'conforms') throw new Error(`the run was ${record.verdict}`)
      },
    )
  },
}
