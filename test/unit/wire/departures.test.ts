/** The times of requests in a sending thread. */
import { describe, expect, test } from 'vitest'
import { Departures } from '../../../harness/wire/departures.ts'
import { jumpingClock } from '../drive/jumping-clock.ts'
import { clock } from './servers.ts'

describe.each([false, true])('spinning: %s', (spin) => {
  test('each departs at its time or after it, in the order of their times', async () => {
    const startUs = clock.nowUs()
    const left: (readonly [number, number])[] = []
    const departures = new Departures(clock, spin)
    const done = Promise.withResolvers<void>()
    for (const afterUs of [9_000, 3_000, 6_000, 3_000, 12_000])
      departures.at(startUs + afterUs, () => {
        left.push([afterUs, clock.nowUs() - startUs])
        if (left.length === 5) done.resolve()
      })
    await done.promise
    expect(left.map(([afterUs]) => afterUs)).toEqual([3_000, 3_000, 6_000, 9_000, 12_000])
    for (const [afterUs, leftUs] of left) expect(leftUs).toBeGreaterThanOrEqual(afterUs)
  })
})

test('what is late departs at once, and after whoever is later still', async () => {
  const time = jumpingClock()
  const left: string[] = []
  const departures = new Departures(time, false)
  departures.at(time.nowUs() - 1, () => left.push('late'))
  expect(left).toEqual(['late'])
  const done = Promise.withResolvers<void>()
  departures.at(time.nowUs() + 10, () => {
    left.push('in time')
    done.resolve()
  })
  departures.at(time.nowUs() - 5, () => left.push('later still'))
  await done.promise
  expect(left).toEqual(['late', 'later still', 'in time'])
})

test('whoever comes when all have left is met as well', async () => {
  const time = jumpingClock()
  const departures = new Departures(time, false)
  for (let turn = 1; turn <= 3; turn++) {
    const dueUs = time.nowUs() + 1_000 * turn
    const left = await new Promise<number>((resolve) =>
      departures.at(dueUs, () => resolve(time.nowUs())),
    )
    expect(left).toBe(dueUs)
  }
})
