import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { faults } from '../../../harness/tally/faults.ts'
import { honesty } from '../../../harness/tally/honesty.ts'
import { latencies } from '../../../harness/tally/latency.ts'
import { aFaultEvent, aHeader, anObservation } from './events.ts'

describe('latency', () => {
  test('is counted from due and from begun, in microseconds, a histogram each a scenario', () => {
    const fold = latencies()
    fold.see(anObservation())
    fold.see(anObservation({ scenario: 'other' }))
    const recorded = fold.conclude()
    expect(recorded.map(({ scenario, from }) => [scenario, from])).toEqual([
      ['s', 'due'],
      ['s', 'begun'],
      ['other', 'due'],
      ['other', 'begun'],
    ])
    expect(recorded[0]).toMatchObject({ p50Ms: expect.closeTo(6, 1), maxMs: expect.closeTo(6, 1) })
    expect(recorded[1]).toMatchObject({ p50Ms: expect.closeTo(5, 1), p99Ms: expect.closeTo(5, 1) })
  })
  test('survives its export: other tools read the same counts and microseconds', () => {
    const fold = latencies()
    for (const ms of [1, 2, 3, 4, 100]) {
      fold.see(anObservation({ answeredUs: 1_001_000 + ms * 1000 }))
    }
    const begun = fold.conclude().find(({ from }) => from === 'begun')
    const read = decodeFromCompressedBase64(begun?.hdr ?? '')
    expect(read.totalCount).toBe(5)
    // Three significant digits: a value stands for those within a thousandth of it.
    expect(read.getValueAtPercentile(50)).toBeCloseTo(3000, -1)
    expect(Math.abs(read.maxValue - 100_000)).toBeLessThanOrEqual(100)
  })
  test('leaves out what was never answered or never sent', () => {
    const fold = latencies()
    const lost = { kind: 'none', cause: 'timeout' } as const
    fold.see(anObservation({ answeredUs: null, answer: lost }))
    fold.see(anObservation({ begunUs: null, answer: { kind: 'none', cause: 'unsent' } }))
    fold.see(aHeader())
    expect(fold.conclude()).toEqual([])
  })
  test('takes answers that were hours away', () => {
    const fold = latencies()
    fold.see(anObservation({ answeredUs: 8 * 3_600_000_000 }))
    expect(fold.conclude()[0]?.maxMs).toBeGreaterThan(7.9 * 3_600_000)
  })
})

describe('honesty', () => {
  test('is how late requests were sent, what was never sent, and what met a closed connection', () => {
    const fold = honesty()
    fold.see(anObservation())
    fold.see(anObservation({ begunUs: 1_010_000 }))
    fold.see(anObservation({ begunUs: null, answer: { kind: 'none', cause: 'unsent' } }))
    fold.see(anObservation({ answer: { kind: 'none', cause: 'stale-connection' } }))
    fold.see({
      kind: 'measured',
      name: 'generator/event-loop-delay-p99-ms',
      node: null,
      value: 1.5,
      atUs: 0,
    })
    for (const value of [0.4, 0.1])
      fold.see({
        kind: 'measured',
        name: 'generator/waited-for-a-core-share',
        node: null,
        value,
        atUs: 0,
      })
    for (const [name, value] of [
      ['event-loop-share', 0.7],
      ['event-loop-share', 0.3],
      ['cpu-share', 1.6],
      ['minting-backlog-max', 40],
      ['minting-backlog-max', 7],
    ] as const)
      fold.see({ kind: 'measured', name: `generator/${name}`, node: null, value, atUs: 0 })
    fold.see({ kind: 'measured', name: 'something/else', node: null, value: 99, atUs: 0 })
    expect(fold.conclude()).toEqual({
      sent: 3,
      timed: 3,
      dueToSentMs: {
        p50: expect.closeTo(1, 2),
        p99: expect.closeTo(10, 1),
        max: expect.closeTo(10, 1),
      },
      dueToSentHdr: expect.any(String),
      dueToSentIn: [
        {
          scenario: 's',
          hdr: expect.any(String),
          p50Ms: expect.closeTo(1, 2),
          p99Ms: expect.closeTo(10, 1),
          maxMs: expect.closeTo(10, 1),
        },
      ],
      dropped: 1,
      eventLoopDelayMs: { p99: 1.5 },
      starvedShare: 0.4,
      busyShare: 0.7,
      cores: 1.6,
      mintingBacklog: 40,
      staleConnections: 1,
    })
  })
  test('does not blame the harness for the wait between a challenge and its repetition', () => {
    const fold = honesty()
    fold.see(anObservation())
    fold.see(anObservation({ attempt: 2, begunUs: 9_000_000 }))
    expect(fold.conclude().dueToSentMs.max).toBeCloseTo(1, 2)
  })
  test('is of the times that a plan gave: what waits for an answer is due when that came, and no second attempt is', () => {
    const fold = honesty()
    for (let count = 0; count < 9; count++) fold.see(anObservation({ awaited: true }))
    fold.see(anObservation({ awaited: true, begunUs: 9_000_000 }))
    fold.see(anObservation({ begunUs: 1_003_000, scenario: 'burst' }))
    fold.see(anObservation({ begunUs: 1_002_000 }))
    const { sent, timed, dueToSentMs, dueToSentIn } = fold.conclude()
    expect([sent, timed, dueToSentMs.max]).toEqual([12, 2, expect.closeTo(3, 1)])
    expect(dueToSentIn.map(({ scenario, p99Ms }) => [scenario, Math.round(p99Ms)])).toEqual([
      ['burst', 3],
      ['s', 2],
    ])
  })
  test('of nothing is zero, not NaN', () => {
    expect(honesty().conclude()).toEqual({
      sent: 0,
      timed: 0,
      dueToSentMs: { p50: 0, p99: 0, max: 0 },
      dueToSentHdr: expect.any(String),
      dueToSentIn: [],
      dropped: 0,
      eventLoopDelayMs: { p99: 0 },
      starvedShare: 0,
      busyShare: 0,
      cores: 0,
      mintingBacklog: 0,
      staleConnections: 0,
    })
  })
})

describe('faults', () => {
  test('stand with their stages in milliseconds from the start of the run', () => {
    const fold = faults()
    fold.see(aHeader(1_000_000))
    fold.see(aFaultEvent('inflicting', 2_000_000))
    fold.see(aFaultEvent('confirmed', 2_010_500))
    fold.see(aFaultEvent('mending', 3_000_000))
    fold.see(aFaultEvent('mended', 3_001_000))
    expect(fold.conclude()).toEqual([
      {
        scenario: 's',
        name: 'link.cut',
        on: 'node-2>store',
        rung: 'tcp-proxy',
        forgets: 'nothing',
        stages: { inflicting: 1000, confirmed: 1010.5, mending: 2000, mended: 2001 },
      },
    ])
  })
  test('inflicted twice stand twice, and two edges cut at once are told apart', () => {
    const fold = faults()
    fold.see(aFaultEvent('inflicting', 1000))
    fold.see(aFaultEvent('inflicting', 2000, 'node-3>store'))
    fold.see(aFaultEvent('mended', 3000))
    fold.see(aFaultEvent('inflicting', 4000))
    fold.see(aFaultEvent('unmended', 5000))
    expect(fold.conclude().map(({ on, stages }) => [on, stages])).toEqual([
      ['node-2>store', { inflicting: 1, mended: 3 }],
      ['node-3>store', { inflicting: 2 }],
      ['node-2>store', { inflicting: 4, unmended: 5 }],
    ])
  })
  test('left as they were by a run that was killed are told where they outlive it, and only there', () => {
    const fold = faults()
    fold.see({ ...aFaultEvent('confirmed', 1000), rung: 'exec' })
    fold.see(aFaultEvent('confirmed', 2000, 'node-3>store'))
    fold.see({ ...aFaultEvent('mending', 2500, 'node-6>store'), rung: 'toxiproxy' })
    fold.see({ ...aFaultEvent('mended', 3000, 'node-4>store'), rung: 'exec' })
    fold.see({ ...aFaultEvent('unmended', 4000, 'node-5>store'), seen: 'ended with 7' })
    expect(fold.unmended()).toEqual([
      'link.cut on node-2>store: its run ended before it was mended (exec)',
      'link.cut on node-6>store: its run ended before it was mended (toxiproxy)',
      'link.cut on node-5>store: ended with 7',
    ])
    expect(fold.conclude().map(({ stages }) => stages)).toEqual([
      { confirmed: 1, unmended: 1 },
      { confirmed: 2 },
      { mending: 2.5, unmended: 2.5 },
      { mended: 3 },
      { unmended: 4 },
    ])
  })
})
