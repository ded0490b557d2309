/** What the driver says of itself: lateness, what was dropped, what was minted again, and what clocks said meanwhile. */
import { describe, expect, test } from 'vitest'
import { machineClock, spinUntil } from '../../../harness/clock.ts'
import { CupelError } from '../../../harness/errors.ts'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { Session } from '../../../harness/model/target.ts'
import { jumpingClock } from './jumping-clock.ts'
import { again, answer, came, minted, observations, plainMinter, step, world } from './world.ts'

function measured(events: readonly HistoryEvent[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    events.flatMap((event) => (event.kind === 'measured' ? [[event.name, event.value]] : [])),
  )
}

describe('a round', () => {
  test('ends with how late its requests began and how many were never sent, of its scenario', async () => {
    const minter = plainMinter()
    const { clock, drive } = world({
      dead: ['node-2'],
      minter: {
        ready: Promise.resolve(),
        close: () => minter.close(),
        async mint(source, atUs) {
          // Longer than a credential is begun ahead.
          if (source.signer === 'slow') await clock.sleepUntil(clock.nowUs() + 2_500_000)
          return minter.mint(source, atUs)
        },
      },
    })
    const slow = { assertion: { ...minted(), signer: 'slow' } as const }
    const events = await drive([
      step('a', 0),
      step('b', 2_000_000, { parts: slow }),
      step('c', 100, { node: 'node-2' }),
      step('d', 'a', { parts: { assertion: again('nothing') } }),
    ])
    expect(measured(events)).toMatchObject({
      'generator/due-to-begun-max-ms': expect.closeTo(500, -1),
      'generator/dropped': 2,
      'generator/not-minted-in-time': 1,
      'generator/minted-again': 0,
    })
    const scenarios = events.flatMap((event) => (event.kind === 'measured' ? [event.scenario] : []))
    expect(new Set(scenarios)).toEqual(new Set(['test']))
    // Nothing of the machine is told where time is not the machine's.
    expect(Object.keys(measured(events)).some((name) => /cpu|event-loop/u.test(name))).toBe(false)
  })

  test('says why a request was not sent', async () => {
    const { drive } = world({
      dead: ['node-2'],
      minter: {
        ...plainMinter(),
        mint: async (source, atUs) => {
          if (source.signer === 'elsewhere') throw new CupelError('ERR_SIGNER', 'throttled')
          return plainMinter().mint(source, atUs)
        },
      },
    })
    const elsewhere = { assertion: { ...minted(), signer: 'elsewhere' } as const }
    const seen = observations(
      await drive([
        step('a', 0, { node: 'node-2' }),
        step('b', 1, { parts: { assertion: again('nothing') } }),
        step('c', 2, { parts: elsewhere }),
      ]),
    )
    expect(seen.map(({ step: name, answer: given }) => [name, given])).toEqual([
      ['a', { kind: 'none', cause: 'unsent', detail: 'unreachable' }],
      ['b', { kind: 'none', cause: 'unsent', detail: 'nothing-to-repeat' }],
      ['c', { kind: 'none', cause: 'unsent', detail: 'signer' }],
    ])
  })

  test('whose credentials wait for leave has them minted for when they are sent, but never in the middle of a replay', async () => {
    const { asked, drive } = world({ maxPerSecond: 1 })
    const events = await drive([
      ...Array.from({ length: 5 }, (_, at) => step(`s${at}`, at)),
      step('r', 5, { parts: { assertion: minted(false) } }),
      step('t', 'r', { parts: { assertion: again('r', { last: true }) } }),
    ])
    const madeFor = asked.map(({ parts, atUs }) => {
      const [, claims = ''] = (parts['assertion'] ?? '').split('.')
      const { atUs: forUs }: { atUs: number } = JSON.parse(
        Buffer.from(claims, 'base64url').toString(),
      )
      return (atUs - forUs) / 1e6
    })
    // They leave 1.05 s apart. Those before t are at most two seconds old; t is r again, and as old as that makes it.
    expect(madeFor.slice(0, 6).every((age) => age >= 0 && age <= 2)).toBe(true)
    expect(asked[6]?.parts['assertion']).toBe(asked[5]?.parts['assertion'])
    expect(measured(events)['generator/minted-again']).toBe(4)
  })
})

test('a jump of the wall clock is told, and what is set right slowly is not', async () => {
  const clock = jumpingClock()
  const startUs = clock.nowUs()
  const wallUs = (): number => {
    const passedUs = clock.nowUs() - startUs
    const slewedUs = passedUs * 500e-6
    return clock.nowUs() + slewedUs + (passedUs > 4_200_000 ? -3_600_000_000 : 0)
  }
  const { drive } = world({ wallUs, jumping: clock })
  const jumps = (events: readonly HistoryEvent[]): readonly number[] =>
    events.flatMap((event) =>
      event.kind === 'measured' && event.name === 'generator/wall-clock-jump-ms'
        ? [event.value]
        : [],
    )
  expect(jumps(await drive([step('a', 0), step('b', 3_000_000)]))).toEqual([])
  // It jumps between this round and the last, or in this one: once either way.
  expect(jumps(await drive([step('c', 0), step('d', 3_000_000)]))).toEqual([
    expect.closeTo(-3_600_000, -1),
  ])
})

describe('clocks', () => {
  const clocks = (events: readonly HistoryEvent[]) =>
    events.filter((event) => event.kind === 'clock')

  test('are read about once a second as long as a round goes on', async () => {
    const { drive } = world()
    const events = await drive([step('a', 0), step('b', 10_000_000)])
    const gaps = clocks(events)
      .map(({ atUs }) => atUs)
      .map((atUs, index, all) => (index === 0 ? 0 : atUs - (all[index - 1] ?? 0)))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_100_000)
    expect(clocks(events).length).toBeGreaterThan(9)
  })

  test('are read ever more rarely in simulated time, where a day is soon over', async () => {
    const { drive } = world()
    const day = 86_400_000_000
    const events = await drive([step('a', 0), step('b', day)])
    expect(clocks(events).length).toBeLessThan(3_000)
  })

  test('are read from answers where answers tell, and nobody is asked for them meanwhile', async () => {
    let asked = 0
    const clockIn: NonNullable<Session['clockIn']> = ({ begunUs, answeredUs }) => ({
      source: 'answers',
      lowUs: begunUs % 7,
      highUs: (answeredUs ?? 0) % 11,
    })
    const { drive } = world({
      clockIn,
      clockOf: async () => {
        asked += 1
        return null
      },
    })
    const steps = Array.from({ length: 40 }, (_, at) => step(`s${at}`, at * 100_000))
    const events = clocks(await drive(steps))
    expect(events.every(({ source, node }) => source === 'answers' && node === 'node-1')).toBe(true)
    // Four seconds of traffic.
    expect([4, 5]).toContain(events.length)
    // At the beginning and at the end, of two clocks.
    expect(asked).toBe(4)
  })

  test('that are read by asking are requests like any other', async () => {
    const times: number[] = []
    const { asked, drive, clock } = world({
      maxPerSecond: 3,
      clockIn: () => null,
      clockOf: async () => {
        times.push(clock.nowUs())
        return null
      },
    })
    await drive(Array.from({ length: 9 }, (_, at) => step(`s${at}`, 0)))
    const all = [...times, ...asked.map(({ atUs }) => atUs)]
    const most = Math.max(
      ...all.map((from) => all.filter((time) => time >= from && time < from + 1e6).length),
    )
    expect(most).toBeLessThanOrEqual(3)
  })
})

describe('too many failures', () => {
  test('end the sending: what was sent is told, and nothing more is', async () => {
    const why: string[] = []
    const { drive, asked, stop } = world({
      maxFailures: 3,
      tooMany: (reason) => {
        why.push(reason)
        stop.abort()
      },
      verify: async ({ step: name }) => answer(Number(name.slice(1)) % 2 === 0 ? 503 : 200),
    })
    const steps = Array.from({ length: 20 }, (_, at) => step(`s${at}`, at * 10_000))
    const seen = observations(await drive(steps))
    expect(seen.map(came)).toEqual(['503', '200', '503', '200', '503'])
    expect([why, asked.length]).toEqual([['3 requests failed (max failures)'], 5])
  })

  test('are none while servers refuse, whatever they refuse', async () => {
    let stopped = false
    const { drive } = world({
      maxFailures: 1,
      tooMany: () => (stopped = true),
      verify: async () => answer(401),
    })
    await drive([step('a', 0), step('b', 1, { parts: { assertion: again('nothing') } })])
    expect(stopped).toBe(false)
  })
})

test('spinning never comes before its time, and ends at once when it is called off', async () => {
  const clock = machineClock()
  const never = new AbortController().signal
  for (const afterUs of [0, 300, 2_000, 20_000]) {
    const us = clock.nowUs() + afterUs
    await spinUntil(us, clock, never)
    expect(clock.nowUs()).toBeGreaterThanOrEqual(us)
  }
  const startUs = clock.nowUs()
  await spinUntil(startUs + 60_000_000, clock, AbortSignal.abort())
  expect(clock.nowUs() - startUs).toBeLessThan(10_000_000)
})
