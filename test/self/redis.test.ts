/**
 * Goal: what a flaw in a cluster or in its store shows on a real Redis is what it shows in a simulation, each by its own
 * name, and the reference is accused of nothing in either. Method: the same scenarios on both; equal sets of findings.
 */
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { isInstalled } from '../../targets/levers/installed.ts'
import { ask } from './ask.ts'

const RUN_MS = 120_000

/** The situation that shows each, and what it is found as. */
const SHOWN: readonly (readonly [flaw: string, scenario: string, ...findings: string[]])[] = [
  ['fails-open', 'partitioned-cache', 'replay/fails-open'],
  ['fails-closed-as-client-error', 'partitioned-cache', 'refusal/outage-told-as-client-error'],
  [
    'partition-falls-back-to-local',
    'partitioned-cache',
    'replay/accepted-after-fault',
    'replay/accepted-during-fault',
  ],
  ['memory-per-node', 'replay-across-nodes', 'replay/accepted-on-another-node'],
  ['small-memory', 'eviction', 'replay/forgotten-after-others'],
  ['forgets-before-leeway-ends', 'replay-after-expiry', 'replay/forgotten-before-leeway-ends'],
]

const SCENARIOS = [...new Set(SHOWN.map(([, scenario]) => scenario))]

describe.runIf(isInstalled('redis-server'))('over a real Redis', () => {
  test('the reference is accused of nothing', { timeout: RUN_MS }, async () => {
    const { record } = await ask({ target: 'redis', scenarios: SCENARIOS })
    expect(accusations(record)).toEqual([])
    expect(record.verdict, told(record)).toBe('conforms')
  })

  test.each(SHOWN)(
    '%s is convicted by name, as its twin is',
    { timeout: RUN_MS },
    async (flaw, scenario, ...findings) => {
      const live = await askedUntilShown(flaw, scenario)
      const twin = await ask({ target: `simulated:${flaw}`, scenarios: [scenario] })
      expect(accusations(live.record), told(live.record)).toEqual(findings)
      expect(accusations(twin.record), told(twin.record)).toEqual(findings)
    },
  )
})

/**
 * A request that is on its way when a cut falls may fail in another way, which leaves a lock-out as an excuse: a run of
 * this one flaw then convicts nobody, as it should, and is made again. A wrong accusation is never asked away.
 */
async function askedUntilShown(flaw: string, scenario: string): ReturnType<typeof ask> {
  const asked = { target: `redis:${flaw}`, scenarios: [scenario] }
  for (let times = flaw === 'fails-closed-as-client-error' ? 2 : 0; times > 0; times--) {
    const live = await ask(asked)
    if (accusations(live.record).length > 0) return live
  }
  return ask(asked)
}

function accusations({ findings }: RunRecord): readonly string[] {
  return findings
    .filter(({ obliges }) => obliges)
    .map(({ id }) => id)
    .toSorted()
}

function told({ scenarios, findings }: RunRecord): string {
  return [...scenarios, ...findings].map(({ because }) => because).join('\n')
}
