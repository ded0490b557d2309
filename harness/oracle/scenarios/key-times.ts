/** How long it took until a key that was added worked, and until one that was removed did not; and who made keys be fetched. */
import type { Derived } from '../../model/derived.ts'
import type { Conviction, Outcome } from '../../model/verdict.ts'
import type { Since } from '../time/phases.ts'
import type { Place } from './places.ts'

/** One presentation, as far as it matters here. */
interface Shown {
  readonly scenario: string
  readonly place: Place | null
  readonly outcome: Outcome
}

export interface KeyTimes {
  see(shown: Shown, since: Since | null): void
  /** What a scenario showed of it. */
  of(scenario: string, measured: Readonly<Record<string, number>>): readonly Derived[]
  /** What is worth knowing of those who fetch for every request. */
  conclude(measured: (scenario: string) => Readonly<Record<string, number>>): readonly Conviction[]
}

/** The attack of requests that name a key which nobody has. */
const UNKNOWN_KID = 'unknown-kid'
const FETCHES = 'jwks-fetches'
/** Of so many such requests and more that cost a fetch each, or nearly. */
const FEWEST = 30
const NEARLY_EACH = 0.5

export function openKeyTimes(): KeyTimes {
  const firstUs = new Map<string, number>()
  const lastUs = new Map<string, number>()
  const junk = new Map<string, number>()
  return {
    see({ scenario, place, outcome }, since) {
      if (place?.stream.attack === UNKNOWN_KID) junk.set(scenario, (junk.get(scenario) ?? 0) + 1)
      if (outcome !== 'accepted' || since?.kind !== 'in-force') return
      if (place?.stream.keyState?.is === 'added')
        firstUs.set(scenario, Math.min(firstUs.get(scenario) ?? Infinity, since.mostUs))
      else lastUs.set(scenario, Math.max(lastUs.get(scenario) ?? 0, since.leastUs))
    },
    of(scenario, measured) {
      const [first, last, asked] = [firstUs, lastUs, junk].map((each) => each.get(scenario))
      const fetches = measured[FETCHES]
      return [
        ...(first === undefined ? [] : [took('new-key-after', first)]),
        ...(last === undefined ? [] : [took('old-key-for', last)]),
        ...(asked === undefined || fetches === undefined ? [] : [perJunk(fetches, asked)]),
      ]
    },
    conclude: (measured) =>
      [...junk].flatMap(([scenario, asked]) => {
        const fetches = measured(scenario)[FETCHES] ?? 0
        if (asked < FEWEST || fetches < asked * NEARLY_EACH) return []
        return [costly(scenario, asked, fetches)]
      }),
  }
}

function costly(scenario: string, asked: number, fetches: number): Conviction {
  return {
    scenario,
    caseId: scenario,
    check: null,
    finding: 'keys/junk-costs-a-fetch',
    obliges: false,
    obligation: 'derived',
    because: `${asked} requests that name a key nobody has made the target fetch keys ${fetches} times: anybody can make it ask somebody else as often as they like.`,
    spec: ['RFC 8725 §3.10'],
    witness: [],
  }
}

function took(name: Derived['name'], us: number): Derived {
  return { name, node: null, unit: 's', low: us / 1e6, high: us / 1e6, of: 1 }
}

function perJunk(fetches: number, asked: number): Derived {
  const each = fetches / asked
  return {
    name: 'fetches-per-junk',
    node: null,
    unit: 'fetches',
    low: each,
    high: each,
    of: asked,
  }
}
