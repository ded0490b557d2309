/** What answers say of a clock: more together than one by one, and never that it is where it is not. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isoTime } from '../../../harness/clock.ts'
import type { ClockEvent } from '../../../harness/drive/clocks.ts'
import { watchTime } from '../../../harness/drive/time-watch.ts'
import type { Exchange } from '../../../harness/model/target.ts'
import { offsetByDate } from '../../../targets/http.ts'
import { jumpingClock } from './jumping-clock.ts'

const SECOND_US = 1_000_000
const START_US = 1_700_000_000 * SECOND_US

interface Clocked {
  readonly offsetUs: number
  /** How old the second is that it writes, in microseconds; a server may keep one for a second. */
  readonly keptUs: number
}

/** An answer that is on its way for 2 ms either way. */
function answered(atUs: number, { offsetUs, keptUs }: Clocked): Exchange {
  const told = Math.floor((atUs - 2_000 - keptUs + offsetUs) / SECOND_US) * SECOND_US
  return {
    begunUs: atUs - 4_000,
    releasedUs: atUs - 4_000,
    answeredUs: atUs,
    connection: 0,
    reused: true,
    raw: {
      status: 200,
      headers: { date: isoTime(told) },
      body: new Uint8Array(),
    },
  }
}

function watching() {
  const told: ClockEvent[] = []
  const session = {
    nodes: ['node'],
    controls: {},
    clock: null,
    clocks: ['node'],
    connect: () => Promise.reject(new Error('nobody connects')),
    clockOf: async () => null,
    clockIn: (exchange: Exchange) => {
      const bounds = offsetByDate(exchange)
      if (bounds instanceof Promise) throw new TypeError('it is known at once')
      return bounds
    },
    close: async () => {},
  }
  const watch = watchTime(
    session,
    jumpingClock(),
    (event) => told.push(event),
    async () => {},
  )
  return { watch, told }
}

describe('Date headers', () => {
  test('bound a clock to little more than a second once the turn of a second was heard', () => {
    const { watch, told } = watching()
    for (let ms = 0; ms < 3_000; ms += 10)
      watch.heard('node', answered(START_US + 4_000 + ms * 1000, { offsetUs: -300_000, keptUs: 0 }))
    const widths = told.map(({ lowUs, highUs }) => highUs - lowUs)
    expect(widths).toHaveLength(3)
    expect(widths[0]).toBe(2_004_000)
    // The low end is met within the way there and back and 10 ms; the high end leaves room for a second that was kept.
    for (const width of widths.slice(1)) expect(width).toBeLessThan(1_030_000)
    for (const { lowUs, highUs } of told.slice(1)) {
      expect(lowUs).toBeLessThanOrEqual(-300_000)
      expect(lowUs).toBeGreaterThan(-320_000)
      expect(highUs).toBeGreaterThan(-300_000 + 990_000)
    }
  })

  test('never exclude where the clock is, whatever second it writes of those it may', () => {
    const answers = fc.array(
      fc.record({ gapUs: fc.nat({ max: 400_000 }), keptUs: fc.nat({ max: 999_000 }) }),
      { minLength: 2, maxLength: 60 },
    )
    fc.assert(
      fc.property(answers, fc.integer({ min: -90e6, max: 90e6 }), (all, offsetUs) => {
        const { watch, told } = watching()
        let atUs = START_US
        for (const { gapUs, keptUs } of all) {
          atUs += gapUs
          watch.heard('node', answered(atUs, { offsetUs, keptUs }))
        }
        for (const { lowUs, highUs } of told) {
          expect(lowUs).toBeLessThanOrEqual(offsetUs)
          expect(highUs).toBeGreaterThanOrEqual(offsetUs)
        }
      }),
    )
  })

  test('that exclude each other leave the clock wherever one of them says', () => {
    const { watch, told } = watching()
    for (let ms = 0; ms <= 1_000; ms += 10)
      watch.heard(
        'node',
        answered(START_US + 4_000 + ms * 1000, { offsetUs: ms < 500 ? 0 : 60_000_000, keptUs: 0 }),
      )
    expect(told).toHaveLength(2)
    expect(told[1]?.lowUs).toBeLessThanOrEqual(0)
    expect(told[1]?.highUs).toBeGreaterThanOrEqual(60_000_000)
  })

  test('from before a clock is moved are forgotten', () => {
    const { watch, told } = watching()
    for (let ms = 0; ms < 900; ms += 10)
      watch.heard('node', answered(START_US + 4_000 + ms * 1000, { offsetUs: 0, keptUs: 0 }))
    watch.disturb()
    watch.heard('node', answered(START_US + SECOND_US, { offsetUs: 60_000_000, keptUs: 0 }))
    expect(told.at(-1)?.lowUs).toBeGreaterThan(58_000_000)
  })
})
