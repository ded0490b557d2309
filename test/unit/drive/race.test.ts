/** Races, and the rate that a target's owner allows, which binds them too. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Observation } from '../../../harness/model/history.ts'
import type { Step } from '../../../harness/model/plan.ts'
import { http2Server } from '../wire/http2-servers.ts'
import { httpServer } from '../wire/servers.ts'
import { machineClock } from '../../../harness/clock.ts'
import { again, answer, came, minted, observations, step, world } from './world.ts'

describe('races', () => {
  const racers = (count: number, change: Partial<Step> = {}): Step[] =>
    Array.from({ length: count }, (_, index) =>
      step(`r${index}`, 0, {
        race: 'r',
        parts: {
          assertion: index === 0 ? minted(false) : again('r0', { last: index === count - 1 }),
        },
        ...change,
      }),
    )

  test('are released at one instant on connections of their own, and told in order of their steps when all are over', async () => {
    const { clock, drive } = world({
      verify: async ({ step: name }) => {
        await clock.sleepUntil(clock.nowUs() + 100_000 - Number(name.slice(1)) * 1000)
        return answer()
      },
    })
    const seen = observations(await drive([step('x0', 0), ...racers(20)]))
    expect(seen.map((each) => each.step)).toEqual(['x0', ...racers(20).map(({ name }) => name)])
    const race = seen.slice(1)
    expect(new Set(race.map((each) => each.releasedUs)).size).toBe(1)
    expect(new Set(race.map((each) => each.connection)).size).toBe(20)
    expect(race.map((each) => each.presented[0]?.last)).toEqual([
      ...Array.from({ length: 19 }, () => false),
      true,
    ])
  })

  test('whose nodes are partly dead run with the others', async () => {
    const steps = racers(4).map((each, index) => ({
      ...each,
      node: index % 2 === 0 ? 'node-1' : 'node-2',
    }))
    const seen = observations(await world({ dead: ['node-2'] }).drive(steps))
    expect(seen.map(came)).toEqual(['200', 'unsent', '200', 'unsent'])
  })

  test('larger than the allowed rate are released in parts', async () => {
    const { asked, drive } = world({ maxPerSecond: 8 })
    const seen = observations(await drive(racers(20)))
    expect(seen.map(came)).toEqual(seen.map(() => '200'))
    expect(mostInASecond(asked.map(({ atUs }) => atUs))).toBe(8)
  })
})

describe('the allowed rate', () => {
  test('is never exceeded in any second, whatever the plan asks for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3_000_000), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (times, most) => {
          const { asked, drive } = world({ maxPerSecond: most })
          const seen = observations(
            await drive(
              times.map((atUs, index) =>
                step(`s${index}`, atUs, { race: atUs % 3 === 0 ? 'r' : null }),
              ),
            ),
          )
          expect(seen.length).toBe(times.length)
          expect(seen.every(({ begunUs, dueUs }) => begunUs !== null && begunUs >= dueUs)).toBe(
            true,
          )
          expect(mostInASecond(asked.map(({ atUs }) => atUs))).toBeLessThanOrEqual(most)
        },
      ),
      { numRuns: 30 },
    )
  })
})

function mostInASecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((time) => time >= from && time < from + 1_000_000).length),
  )
}

describe('over real connections', () => {
  test('all racers have begun before the first is released, and all are released before the first answer', async () => {
    await using server = await httpServer((request, response) => {
      request.resume().on('end', () => response.end('{}'))
    })
    const { driver, drive } = world({
      clock: machineClock(),
      connect: (wires) => () => wires.http(server.origin, null),
    })
    const steps = Array.from({ length: 20 }, (_, index) => step(`r${index}`, 0, { race: 'r' }))
    const seen = observations(await drive(steps))
    expect(seen.map(came)).toEqual(seen.map(() => '200'))
    const releasedUs = stamps(seen, 'releasedUs')
    expect(Math.max(...stamps(seen, 'begunUs'))).toBeLessThan(Math.min(...releasedUs))
    expect(Math.max(...releasedUs)).toBeLessThan(Math.min(...stamps(seen, 'answeredUs')))
    await driver.close()
  })

  test('of HTTP/2 share a connection to each node, and their last frames leave it together', async () => {
    const arrivedUs: number[] = []
    await using server = await http2Server((stream) => {
      stream.resume().on('end', () => {
        arrivedUs.push(clock.nowUs())
        stream.respond({ ':status': 200 })
        stream.end('{}')
      })
    })
    const clock = machineClock()
    const { driver, drive } = world({
      clock,
      connect: (wires) => () => wires.http(server.origin, null, { http: 2 }),
    })
    const steps = Array.from({ length: 30 }, (_, index) =>
      step(`r${index}`, 0, { race: 'r', node: index % 2 === 0 ? 'node-1' : 'node-2' }),
    )
    const events = await drive(steps)
    const seen = observations(events)
    expect(seen.map(came)).toEqual(seen.map(() => '200'))
    expect(new Set(seen.map(({ connection }) => connection)).size).toBe(2)
    const releasedUs = stamps(seen, 'releasedUs')
    expect(Math.max(...stamps(seen, 'begunUs'))).toBeLessThan(Math.min(...releasedUs))
    expect(Math.max(...releasedUs)).toBeLessThan(Math.min(...arrivedUs))
    const spread = events.find(
      (event) => event.kind === 'measured' && event.name === 'race/release-spread-ms',
    )
    expect(spread).toMatchObject({
      scenario: 'test',
      value: (Math.max(...releasedUs) - Math.min(...releasedUs)) / 1000,
    })
    await driver.close()
  })

  test('no more requests begin in any second than are allowed', async () => {
    await using server = await httpServer((request, response) => {
      request.resume().on('end', () => response.end('{}'))
    })
    const { driver, drive } = world({
      clock: machineClock(),
      maxPerSecond: 10,
      connect: (wires) => () => wires.http(server.origin, null),
    })
    const steps = Array.from({ length: 24 }, (_, index) =>
      step(`s${index}`, index * 1000, { race: index % 3 === 0 ? 'r' : null }),
    )
    const seen = observations(await drive(steps))
    expect(seen.map(came)).toEqual(steps.map(() => '200'))
    expect(mostInASecond(stamps(seen, 'begunUs'))).toBeLessThanOrEqual(10)
    await driver.close()
  })
})

function stamps(
  seen: readonly Observation[],
  which: 'begunUs' | 'releasedUs' | 'answeredUs',
): readonly number[] {
  return seen.map((each) => each[which] ?? NaN)
}
