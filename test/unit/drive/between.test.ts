/** A fault that lies between two steps does so however long they take. */
import { expect, test } from 'vitest'
import type { Controls, Fault, Inflicted } from '../../../harness/model/fault.ts'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { FaultWindow, Step } from '../../../harness/model/plan.ts'
import type { Clock } from '../../../harness/model/target.ts'
import { answer, collect, step, world } from './world.ts'

const INFLICTED: Inflicted = {
  rung: 'own-host',
  confirm: async () => 'two keys',
  mend: async () => {},
  confirmMended: async () => 'one key',
}
const FAULT: Fault = {
  name: 'keys.add',
  title: 'a second key is published',
  needs: ['keys'],
  forgets: 'nothing',
  inflict: async () => INFLICTED,
}
const CONTROLS: Partial<Controls> = {
  keys: { rung: () => 'own-host', inflict: async () => INFLICTED },
}
const BETWEEN: FaultWindow = {
  fault: 'keys.add',
  on: 'client',
  startSeconds: 0,
  endSeconds: 20,
  between: ['a', 'c'],
}

async function happened(
  steps: readonly Step[],
  window: FaultWindow,
  seconds: number,
): Promise<readonly HistoryEvent[]> {
  const { driver } = world({
    faults: [FAULT],
    controls: CONTROLS,
    async verify(_, clock: Clock) {
      await clock.sleepUntil(clock.nowUs() + seconds * 1e6)
      return answer(200)
    },
  })
  return collect(driver.drive({ scenario: 'rotated', round: 0, steps, faults: [window] }))
}

test.each([0.01, 0.9])('it does when each takes %s s', async (seconds) => {
  const steps = [
    step('a', 0),
    step('b', 'a', { due: { after: 'a', plusUs: 100_000 } }),
    step('c', 'b'),
    step('d', 'c', { due: { after: 'c', plusUs: 100_000 } }),
  ]
  const events = await happened(steps, BETWEEN, seconds)
  const told = events.flatMap((event) =>
    event.kind === 'fault' ? [event.stage] : event.kind === 'observed' ? [event.step] : [],
  )
  expect(told).toEqual(['a', 'inflicting', 'confirmed', 'b', 'c', 'mending', 'mended', 'd'])
})

test('it ends with its window where the second of them does not come', async () => {
  const window: FaultWindow = { ...BETWEEN, endSeconds: 1, between: ['a', 'nowhere'] }
  const events = await happened([step('a', 0)], window, 0.01)
  const at = new Map(
    events.flatMap((event) => (event.kind === 'fault' ? [[event.stage, event.atUs] as const] : [])),
  )
  const lastedUs = (at.get('mending') ?? 0) - (at.get('confirmed') ?? 0)
  expect(lastedUs).toBeGreaterThan(900_000)
  expect(lastedUs).toBeLessThan(1_100_000)
})
