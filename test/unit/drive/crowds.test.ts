/** A burst finds its connections open: on paper, and at a server that counts. */
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../../harness/clock.ts'
import type { Place } from '../../../harness/drive/connections.ts'
import { watchCrowds } from '../../../harness/drive/crowds.ts'
import { httpServer } from '../wire/servers.ts'
import { jumpingClock } from './jumping-clock.ts'
import { came, observations, step, world } from './world.ts'

function crowds(most = Infinity) {
  const clock = jumpingClock()
  const startUs = clock.nowUs()
  const opened: { readonly atUs: number; readonly places: readonly Place[] }[] = []
  const errors: unknown[] = []
  const stop = new AbortController()
  const watch = watchCrowds({
    clock,
    stop: stop.signal,
    most,
    open: async (places) => void opened.push({ atUs: clock.nowUs() - startUs, places }),
    fail: (error) => errors.push(error),
  })
  return {
    see: (count: number, atUs: number, race: string | null = null) => {
      for (let index = 0; index < count; index++)
        watch.see(step(`${atUs} ${index}`, atUs, { race }), startUs + atUs)
    },
    opened,
    stop,
    wait: () => clock.sleepUntil(startUs + 60_000_000),
  }
}

describe('connections', () => {
  test('are opened ahead for all that are due at once, however late some of them were read', async () => {
    const { see, opened, wait } = crowds()
    see(20, 5_000_000)
    see(7, 6_000_000)
    see(9, 9_000_000)
    await wait()
    expect(opened.map(({ atUs, places }) => [atUs, places.length])).toEqual([
      [4_600_000, 20],
      [8_600_000, 9],
    ])
  })

  test('are no more than may be used at once, none of a race, and none once nothing is sent any more', async () => {
    const { see, opened, stop, wait } = crowds(12)
    see(20, 5_000_000)
    see(20, 6_000_000, 'race')
    await wait()
    expect(opened.map(({ places }) => places.length)).toEqual([12])
    see(20, 70_000_000)
    stop.abort()
    await wait()
    expect(opened).toHaveLength(1)
  })
})

test('a burst is sent over connections that were there before its first request', async () => {
  const clock = machineClock()
  let connected = 0
  let before: number | null = null
  await using server = await httpServer((request, response) => {
    before ??= connected
    request.resume().on('end', () => void response.end('{}'))
  })
  server.server.on('connection', () => connected++)
  const { driver, drive } = world({
    clock,
    connect: (wires) => () => wires.http(server.origin, null),
  })
  const burst = Array.from({ length: 100 }, (_, at) => step(`s${at}`, 2_500_000))
  const seen = observations(await drive(burst))
  expect(new Set(seen.map(came))).toEqual(new Set(['200']))
  expect(before).toBe(100)
  await driver.close()
})
