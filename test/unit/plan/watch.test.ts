import { expect, test } from 'vitest'
import { watching } from '../../../harness/plan/scenarios/watch.ts'
import baseline from '../../../scenarios/baseline.ts'
import burst from '../../../scenarios/burst.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'

test('steady traffic goes on for a minute after the last fault, and what ended before it stays', () => {
  const [honest, replays] = watching(partitionedCache, 60).streams
  // The cut ends at 5.2 s; two seconds more are for the mending and the first whole second.
  expect(honest?.arrivals).toMatchObject({ startSeconds: 0, endSeconds: 67.2, perSecond: 20 })
  expect(replays).toEqual(partitionedCache.streams[1])
})

test('a burst is no more of a burst, and the load on top of it no longer', () => {
  const { streams, faults } = watching(burst, 10)
  expect(streams[0]?.arrivals).toMatchObject({ endSeconds: 18 })
  expect(streams[1]).toEqual(burst.streams[1])
  expect(faults).toEqual(burst.faults)
})

test('must not shorten anything, nor touch a scenario without a fault', () => {
  expect(watching(baseline, 60)).toBe(baseline)
  const long = { ...partitionedCache, faults: [{ ...FAULT, endSeconds: 1 }] }
  expect(watching(long, 0.5).streams[0]?.arrivals).toMatchObject({ endSeconds: 7.6 })
})

const FAULT = { fault: 'link.cut', on: 'node-2>store', startSeconds: 0.5, endSeconds: 1 }
