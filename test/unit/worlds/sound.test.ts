/**
 * Goal: nobody who does nothing wrong is ever convicted. Method: histories of right servers in unkind worlds, drawn and made
 * smaller by fast-check. `npm run soundness` draws as many more as it is told.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { settings, withoutRepeats } from './right-worlds.ts'
import { checkWorlds, obliges, told, type Situations, type Soundness } from './soundness.ts'

const RUNS = 10_000
const SEED = 7523

/** How often each must be met, in a thousand histories, for the first claim below to mean anything; about half of what is. */
const LEAST: Readonly<Record<Exclude<keyof Situations, 'histories'>, number>> = {
  observations: 20_000,
  lateDoubles: 35,
  straddles: 18,
  phantoms: 50,
  undecided: 2_500,
  unanswered: 1_800,
  unavailable: 1_800,
  falseRejects: 220,
  sameTokens: 150,
  spentByRefusal: 16,
  excusedChecks: 2,
  openChecks: 150,
  lockOuts: 30,
}

describe('a server that does nothing wrong', () => {
  let all: Soundness
  beforeAll(() => {
    all = checkWorlds(settings, { seed: SEED, runs: RUNS, convicts: obliges })
  }, 300_000)

  test('is convicted of nothing that obliges it', () => {
    expect(all.details.failed, told(all)).toBe(false)
    expect(all.details.numRuns).toBe(RUNS)
  })

  test('is seen often enough where it could be convicted wrongly', () => {
    const { histories, ...seen } = all.seen
    const scarce = Object.entries(seen).filter(
      ([what, times]) => (1_000 * times) / histories < (Reflect.get(LEAST, what) ?? Infinity),
    )
    expect(scarce).toEqual([])
  })

  test('refuses nobody unprovoked where nothing repeats a request or an insert', () => {
    const others = checkWorlds(settings.map(withoutRepeats), {
      seed: SEED,
      runs: RUNS / 10,
      convicts: ({ finding }) =>
        finding !== 'replay/spent-by-refusal' && /refus|burned/.test(finding),
    })
    expect(others.details.failed, told(others)).toBe(false)
  }, 60_000)
})
