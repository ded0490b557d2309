/** How levers are made: of acts, each with its own looking and mending; and the best of several for each act. */
import type { Inflicted, Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'

export type Options = Readonly<Record<string, Json>>

/** One thing that can be done at one place. */
export interface Act {
  /** What it is done with; the report names it. */
  readonly rung: string
  inflict(options: Options): Promise<void>
  /** What shows that it is in force, or null. */
  broken(options: Options): Promise<Json | null>
  mend(): Promise<void>
  /** What shows that it is over, or null. */
  whole(): Promise<Json | null>
}

/**
 * @param find The act of that name at that place; null where there is none.
 * @param why Why there is none.
 */
export function leverOf(
  find: (act: string, on: string) => Act | null,
  why: (act: string, on: string) => string | null = () => null,
): Lever {
  return {
    rung: (act, on) => find(act, on)?.rung ?? null,
    lacks: why,
    async inflict(act, on, options) {
      const found = find(act, on)
      if (found === null) throw new RangeError(`nothing here can ${act} ${on}`)
      return inflicted(found, options)
    },
  }
}

/** An act that failed may have been done by half: that it failed is told where it is confirmed, and it is mended. */
async function inflicted(act: Act, options: Options): Promise<Inflicted> {
  const failed = await act.inflict(options).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  )
  return {
    rung: act.rung,
    async confirm() {
      if (failed !== null) throw failed
      return act.broken(options)
    },
    mend: () => act.mend(),
    confirmMended: () => act.whole(),
  }
}

/** For each act at each place the first that can do it. */
export function bestOf(levers: readonly Lever[]): Lever {
  const able = (act: string, on: string): Lever | undefined =>
    levers.find((lever) => lever.rung(act, on) !== null)
  return {
    rung: (act, on) => able(act, on)?.rung(act, on) ?? null,
    lacks: (act, on) =>
      levers.map((lever) => lever.lacks?.(act, on) ?? null).find((why) => why !== null) ?? null,
    async inflict(act, on, options) {
      const lever = able(act, on)
      if (lever === undefined) throw new RangeError(`nothing here can ${act} ${on}`)
      return lever.inflict(act, on, options)
    },
  }
}

/** Looks again and again until something is seen, for as long as that may take. */
export async function seenWithin(
  clock: { nowUs(): number; sleepUntil(us: number): Promise<void> },
  withinUs: number,
  look: () => Promise<Json | null>,
): Promise<Json | null> {
  const untilUs = clock.nowUs() + withinUs
  for (;;) {
    const seen = await look()
    if (seen !== null || clock.nowUs() >= untilUs) return seen
    await clock.sleepUntil(clock.nowUs() + LOOK_AGAIN_US)
  }
}

const LOOK_AGAIN_US = 50_000

export function numberIn(options: Options, name: string): number {
  const value = options[name]
  if (typeof value === 'number' && value > 0) return value
  throw new RangeError(`${name} is to be a number over 0`)
}
