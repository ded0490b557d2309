/** Goal: a scenario comes to the same in simulated time as on live nodes, but for what needs real connections. */
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readHistory } from '../../harness/history/reader.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import { SCENARIOS } from '../../scenarios/index.ts'
import { ask } from './ask.ts'

const TARGET = 'simulated:reference'

/** A climb to thousands of requests a second takes as long as all others together. */
const ASKED = SCENARIOS.map((each) =>
  each instanceof URL ? basename(each.pathname, '.yaml') : each.name,
).filter((name) => name !== 'capacity' || process.env['CUPEL_MATRIX'] === 'full')

describe('the simulated reference', () => {
  test('conforms in every scenario that ships and needs no real connection', async () => {
    const { record } = await ask({ target: TARGET, scenarios: ASKED })
    const verdicts = Map.groupBy(record.scenarios, ({ verdict }) => verdict)
    expect([...verdicts.keys()].toSorted()).toEqual(['conforms', 'unsupported'])
    expect(verdicts.get('unsupported')?.map(({ name }) => name)).toEqual([
      // Its load is real connections.
      'burst',
    ])
    expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
  })

  test.each(['1', '2', '3'])(
    'is accused of nothing amid all trouble there is, seed %s',
    async (seed) => {
      const scenarios = ['partition*', 'store-*', 'clock-*', 'rolling-restart', 'pause-resume']
      const { record } = await ask({ target: TARGET, scenarios, seed })
      expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
      expect(record.scenarios.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([])
    },
  )

  test('pays what the live one pays for a wrong clock and a lost store', async () => {
    const { record } = await ask({ target: TARGET, scenarios: ['clock-skew', 'partitioned-cache'] })
    // A third of honest clients ask the node whose clock is wrong, and by its own clock it is right.
    expect(
      share(record, { scenario: 'clock-skew', metric: 'frr', frame: 'world' }),
    ).toBeGreaterThan(0.25)
    expect(share(record, { scenario: 'clock-skew', metric: 'frr', frame: 'code' })).toBe(0)
    // A third ask the node that is cut off, and it answers 503.
    const cut = { scenario: 'partitioned-cache', metric: 'unavailability', frame: 'world' } as const
    expect(share(record, cut)).toBeGreaterThan(0.25)
  })

  test('gives the same answers at the same moments for the same seed', async () => {
    const stamps = async (): Promise<readonly unknown[]> => {
      const { folder } = await ask({ target: TARGET, scenarios: ['partitioned-cache'] })
      const seen: unknown[] = []
      for await (const event of readHistory(`${folder}/history.ndjson.gz`)) {
        if (event.kind !== 'observed') continue
        const { step, begunUs, answeredUs, answer } = event
        seen.push([step, begunUs, answeredUs, answer.kind === 'reply' && answer.status])
      }
      return seen
    }
    const first = await stamps()
    expect(first.length).toBeGreaterThan(200)
    expect(await stamps()).toEqual(first)
  })
})

/** The share of honest requests that came to it while something was broken, over all nodes. */
function share(
  { rates }: RunRecord,
  of: Pick<RunRecord['rates'][number], 'scenario' | 'metric' | 'frame'>,
): number {
  const found = rates.find(
    ({ scenario, metric, frame, attack, phase, node }) =>
      scenario === of.scenario &&
      metric === of.metric &&
      frame === of.frame &&
      attack === null &&
      phase === 'during' &&
      node === null,
  )
  return found === undefined ? 0 : found.events / found.trials
}
