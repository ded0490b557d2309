/**
 * The numbers that several records derived of one scenario, put together. Each is a bound, and what a part saw stays so whatever
 * another part saw; a bound that another part may have made false is left out.
 */
import type { Derived, DerivedPoint } from '../model/derived.ts'

type Rule = (all: readonly Derived[], parts: number) => Derived | null

const RULES: Readonly<Record<Derived['name'], Rule>> = {
  'leeway-after-end': leeway,
  'leeway-before-start': leeway,
  'refused-by-skew': (all) => ({ ...shared(all), points: addedPoints(all), of: total(all) }),
  // A leeway that another part saw may be of another day, so that only what one part saw by itself counts.
  'replay-window': (all) => ({ ...shared(all), low: Math.max(...lows(all)), of: total(all) }),
  'memory-capacity': capacity,
  // The first acceptance and the last, as of several changes in one run.
  'new-key-after': (all) => all.toSorted((a, b) => (a.low ?? 0) - (b.low ?? 0))[0] ?? null,
  'old-key-for': (all) => all.toSorted((a, b) => (b.low ?? 0) - (a.low ?? 0))[0] ?? null,
  'revoked-token-for': longest,
  'fetches-per-junk': perJunk,
}

/** @param parts What each part that judged anything of the scenario derived of it. */
export function mergedDerived(parts: readonly (readonly Derived[])[]): readonly Derived[] {
  const groups = Map.groupBy(parts.flat(), ({ name, node, endpoint }) =>
    JSON.stringify([name, node, endpoint]),
  )
  return [...groups.values()].flatMap((all) => {
    const [first] = all
    const both = first === undefined ? null : RULES[first.name](all, parts.length)
    return both === null ? [] : [both]
  })
}

/** The latest acceptance and the soonest refusal of all. */
function leeway(all: readonly Derived[]): Derived {
  const highs = all.flatMap(({ high }) => (high === null ? [] : [high]))
  return {
    ...shared(all),
    low: Math.max(...lows(all)),
    high: highs.length === 0 ? null : Math.min(...highs),
    of: total(all),
  }
}

/**
 * So many at least, where every part found all of them kept: one that has nothing to say saw some kept and some forgotten. Of
 * the most nothing is known, since what the other parts used meanwhile may have filled the same memory.
 */
function capacity(all: readonly Derived[], parts: number): Derived | null {
  if (all.length < parts || all.some(({ low }) => low === null)) return null
  return { ...shared(all), low: Math.max(...lows(all)), high: null, of: total(all) }
}

/** As long as the longest of all, which any of them may have been that was not seen to end. */
function longest(all: readonly Derived[]): Derived {
  const highs = all.flatMap(({ high }) => (high === null ? [] : [high]))
  const high = highs.length < all.length ? null : Math.max(...highs)
  return { ...shared(all), low: Math.max(...lows(all)), high, of: total(all) }
}

function perJunk(all: readonly Derived[]): Derived {
  const of = total(all)
  const fetches = all.reduce((sum, each) => sum + (each.low ?? 0) * each.of, 0)
  return { ...shared(all), low: fetches / of, high: fetches / of, of }
}

function addedPoints(all: readonly Derived[]): readonly DerivedPoint[] {
  const groups = Map.groupBy(
    all.flatMap(({ points = [] }) => points),
    ({ x }) => x,
  )
  return [...groups]
    .map(([x, those]): DerivedPoint => ({
      x,
      events: those.reduce((sum, { events }) => sum + events, 0),
      trials: those.reduce((sum, { trials }) => sum + trials, 0),
    }))
    .toSorted((one, other) => one.x - other.x)
}

/** What all of one number have in common. */
function shared(all: readonly Derived[]): Derived {
  const [first] = all
  if (first === undefined) throw new RangeError('nothing was derived')
  return first
}

function lows(all: readonly Derived[]): readonly number[] {
  return all.map(({ low }) => low ?? 0)
}

function total(all: readonly Derived[]): number {
  return all.reduce((sum, { of }) => sum + of, 0)
}
