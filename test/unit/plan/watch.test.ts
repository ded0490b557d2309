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

test('counts from the last of several faults, for arrivals at random as for even ones', () => {
  const [honest, ...others] = partitionedCache.streams
  if (honest === undefined) throw new RangeError('there is one')
  const random = { kind: 'poisson', perSecond: 5, startSeconds: 0, endSeconds: 9 } as const
  const faults = [9, 4].map((endSeconds) => ({ ...FAULT, endSeconds }))
  const { streams } = watching(
    { ...partitionedCache, faults, streams: [{ ...honest, arrivals: random }, ...others] },
    60,
  )
  // It ends as the last fault does, so that it was there to watch.
  expect(streams[0]?.arrivals).toEqual({ ...random, endSeconds: 71 })
})

test('must not shorten anything, nor touch a scenario without a fault', () => {
  expect(watching(baseline, 60)).toBe(baseline)
  const long = { ...partitionedCache, faults: [{ ...FAULT, endSeconds: 1 }] }
  expect(watching(long, 0.5).streams[0]?.arrivals).toMatchObject({ endSeconds: 7.6 })
})

const FAULT = { fault: 'link.cut', on: 'node-2>store', startSeconds: 0.5, endSeconds: 1 }
