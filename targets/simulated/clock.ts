/** A clock inside a simulation: how far it is from the time of the queue, and how that changes. */
import type { EventQueue } from './queue.ts'

export interface SimulatedClock {
  /** What it reads, in microseconds since 1970. */
  nowUs(): number
  /** How far that is from the time of the queue. */
  offsetUs(): number
  /** Steps to this offset; a drift goes on from there. */
  setOffset(offsetUs: number): void
  /** From now on it gains so many microseconds in a second; 0 ends a drift and leaves the offset. */
  setDrift(ppm: number): void
}

export function simulatedClock({ nowUs }: Pick<EventQueue, 'nowUs'>): SimulatedClock {
  let baseUs = 0
  let sinceUs = 0
  let ppm = 0
  const offsetUs = (): number =>
    ppm === 0 ? baseUs : Math.round(baseUs + ((nowUs() - sinceUs) * ppm) / 1e6)
  return {
    nowUs: () => nowUs() + offsetUs(),
    offsetUs,
    setOffset(us) {
      baseUs = us
      sinceUs = nowUs()
    },
    setDrift(next) {
      baseUs = offsetUs()
      sinceUs = nowUs()
      ppm = next
    },
  }
}
