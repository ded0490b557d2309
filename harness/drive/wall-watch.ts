/** Notices when the wall clock jumps: targets on this machine jump with it, and the harness's own time does not. */
import type { HistoryEvent } from '../model/history.ts'
import type { Clock } from '../model/target.ts'

/** Twice in the time that a clock on this machine is read in. */
const EVERY_US = 500_000

/** What is set right slowly (at 500 ppm, adjtime(2)) moves a fortieth of this between two looks. */
const LEAST_US = 10_000

export interface WallWatch {
  /** Looks now, and as long as the signal allows again and again. */
  run(signal: AbortSignal): Promise<void>
}

type Measured = Extract<HistoryEvent, { kind: 'measured' }>

/** One for a whole run, so that a jump between two rounds is seen as well. */
export function openWall(wallUs: () => number, clock: Clock) {
  let known = aheadUs(wallUs, clock)
  return {
    /** By how much it jumped since it was last asked; zero if it did not. */
    jumpedUs(): number {
      const now = aheadUs(wallUs, clock)
      // Where this thread stood still between two readings, the truth lies anywhere between.
      const least = now.lowUs - known.highUs
      const most = now.highUs - known.lowUs
      known = now
      if (least > LEAST_US) return most
      return most < -LEAST_US ? least : 0
    },
  }
}

export type Wall = ReturnType<typeof openWall>

/** @param tell Is handed each jump by which a verdict must allow for clocks that jumped. */
export function watchWall(
  wall: Wall,
  clock: Clock,
  scenario: string,
  tell: (event: Measured) => void,
): WallWatch {
  const look = (): void => {
    const jumpedUs = wall.jumpedUs()
    if (jumpedUs === 0) return
    tell({
      kind: 'measured',
      name: 'generator/wall-clock-jump-ms',
      scenario,
      node: null,
      value: jumpedUs / 1000,
      atUs: clock.nowUs(),
    })
  }
  return {
    async run(signal) {
      while (!signal.aborted) {
        look()
        await clock.sleepUntil(clock.nowUs() + EVERY_US, signal)
      }
      look()
    },
  }
}

/** How far the wall clock is ahead of the harness's, as an interval. */
function aheadUs(wallUs: () => number, clock: Clock): { lowUs: number; highUs: number } {
  const beforeUs = clock.nowUs()
  const wall = wallUs()
  return { lowUs: wall - clock.nowUs(), highUs: wall - beforeUs }
}
