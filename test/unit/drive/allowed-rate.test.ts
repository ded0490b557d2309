/**
 * The rate that an owner allows, counted where it matters: at the server, over real connections, while it stalls.
 *
 * CUPEL_CAP_SECONDS makes it longer: `npm run allowed-rate` counts for a minute.
 */
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../../harness/clock.ts'
import type { Step } from '../../../harness/model/plan.ts'
import { httpServer } from '../wire/servers.ts'
import { again, came, minted, observations, step, world } from './world.ts'

const SECONDS = Number(process.env['CUPEL_CAP_SECONDS'] ?? 4)
const MOST = 25

/** More than is allowed: a steady stream, bursts, races, and chains that go on after each answer. */
function plan(): readonly Step[] {
  const steady = Array.from({ length: SECONDS * 15 }, (_, at) => step(`s${at}`, (at * 1e6) / 15))
  const bursts = Array.from({ length: SECONDS * 8 }, (_, at) =>
    step(`b${at}`, Math.floor(at / 16) * 2e6),
  )
  const races = Array.from({ length: Math.floor(SECONDS / 2) }, (_, race) =>
    Array.from({ length: 10 }, (_none, copy) =>
      step(`r${race}c${copy}`, 5e5 + race * 2e6, {
        race: `r${race}`,
        parts: {
          assertion: copy === 0 ? minted(false) : again(`r${race}c0`, { last: copy === 9 }),
        },
      }),
    ),
  ).flat()
  const chain = Array.from({ length: SECONDS }, (_, at) =>
    step(`c${at}`, at === 0 ? 0 : `c${at - 1}`),
  )
  return [...steady, ...bursts, ...races, ...chain]
}

function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  let from = 0
  let most = 0
  for (const [at, time] of sorted.entries()) {
    while ((sorted[from] ?? time) <= time - 1e6) from++
    most = Math.max(most, at - from + 1)
  }
  return most
}

describe('at the server', () => {
  test('no second ever sees more requests than are allowed, though it stalls', async () => {
    const clock = machineClock()
    const arrivedUs: number[] = []
    let stalled = 0
    await using server = await httpServer((request, response) => {
      arrivedUs.push(clock.nowUs())
      // Every seventh is never answered, every third late.
      const number = arrivedUs.length
      if (number % 7 === 0) return void stalled++
      const afterUs = number % 3 === 0 ? 400_000 : 0
      request.resume().on('end', () => {
        void clock.sleepUntil(clock.nowUs() + afterUs).then(() => response.end('{}'))
      })
    })
    const { driver, drive } = world({
      clock,
      maxPerSecond: MOST,
      connect: (wires) => () => wires.http(server.origin, null),
    })
    const steps = plan()
    const seen = observations(await drive(steps))
    await driver.close()
    expect(mostInASecond(arrivedUs)).toBeLessThanOrEqual(MOST)
    // And what was planned is told, whatever became of it: nothing is miscounted.
    expect(seen).toHaveLength(steps.length)
    const sent = seen.filter(({ begunUs }) => begunUs !== null)
    expect(arrivedUs.length).toBe(sent.length)
    expect(stalled).toBeGreaterThan(0)
    expect(seen.filter((each) => came(each) === 'timeout').length).toBeGreaterThan(0)
    // As fast as it may, or the test would prove nothing.
    expect(mostInASecond(arrivedUs)).toBeGreaterThan(MOST * 0.6)
  }, 300_000)
})
