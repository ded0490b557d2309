/** A server that fails over what a property drew, whenever that is asked of it: neither an acceptance nor a refusal. */
import type { Conviction } from '../../model/verdict.ts'
import type { Exhibit } from '../sighting.ts'
import { didWords, witnessOf, type Telling } from './witness.ts'

export interface Crashes {
  /** Takes what is asked for a property, controls among it. */
  see(sighting: Exhibit): void
  /** What was failed over so far though nothing obliged the server to take it: to be asked again, and made smaller. */
  cases(scenario: string): readonly string[]
  conclude(telling: Telling): readonly Conviction[]
}

/** What was asked in one round for one statement. */
interface Round {
  asked: number
  readonly crashed: Exhibit[]
  readonly controls: Exhibit[]
}

/**
 * Rounds like this, in which a server failed over all that it was asked, and those in each: a case that failed is asked
 * so often to confirm it, and once more at the end. Whoever fails now and then, over anything, fails over some of the
 * controls too, which stand around each round.
 */
const ROUNDS = 2
const IN_A_ROUND = 5

const ROUND = /^[^/]+\/r(\d+)\//

export function openCrashes(): Crashes {
  const scenarios = new Map<string, Map<string, Map<number, Round>>>()
  return {
    see(sighting) {
      const { scenario, place, caseId, step, usage } = sighting
      const isControl = place === null
      if (!isControl && place.stream.usage !== usage) return
      const arm = caseId.split('/')[isControl ? 2 : 1] ?? ''
      const round = Number(ROUND.exec(step)?.[1] ?? 0)
      const at = roundIn(scenarios, { scenario, arm, round })
      if (isControl) return void at.controls.push(sighting)
      at.asked += 1
      if (sighting.crashed && sighting.code.deserves !== 'accept') at.crashed.push(sighting)
    },
    cases: (scenario) =>
      roundsOf(scenarios.get(scenario)).flatMap(({ crashed }) =>
        crashed.map(({ caseId }) => caseId),
      ),
    conclude: (telling) =>
      [...scenarios.values()].flatMap((arms) => {
        const isUnsteady = roundsOf(arms).some(({ controls }) =>
          controls.some(({ crashed }) => crashed),
        )
        if (isUnsteady) return []
        return [...arms.values()].flatMap((rounds) => convictions([...rounds.values()], telling))
      }),
  }
}

function roundIn(
  scenarios: Map<string, Map<string, Map<number, Round>>>,
  { scenario, arm, round }: { scenario: string; arm: string; round: number },
): Round {
  const arms = scenarios.get(scenario) ?? new Map<string, Map<number, Round>>()
  const rounds = arms.get(arm) ?? new Map<number, Round>()
  const known = rounds.get(round) ?? { asked: 0, crashed: [], controls: [] }
  scenarios.set(scenario, arms.set(arm, rounds.set(round, known)))
  return known
}

function roundsOf(arms: ReadonlyMap<string, ReadonlyMap<number, Round>> | undefined) {
  return [...(arms?.values() ?? [])].flatMap((rounds) => [...rounds.values()])
}

function convictions(rounds: readonly Round[], telling: Telling): readonly Conviction[] {
  const whole = rounds.filter(isWhole)
  const { crashed = [], controls = [] } = whole.at(-1) ?? {}
  const shown = crashed.at(-1)
  if (whole.length < ROUNDS || shown === undefined) return []
  const times = whole.reduce((sum, { asked }) => sum + asked, 0)
  const did = didWords(shown, `answered ${shown.got}`, telling)
  return [
    {
      finding: 'robustness/server-error',
      obliges: true,
      obligation: 'derived',
      scenario: shown.scenario,
      check: null,
      caseId: shown.caseId,
      because: `${did} to what it need not take, between two right requests that it answered well; so it did ${times} times of ${times}, in ${whole.length} rounds.`,
      spec: ['RFC 6749 §5.2; RFC 7523 §3.1, §3.2; RFC 6750 §3.1'],
      witness: witnessOf([...controls.slice(0, 1), shown, ...controls.slice(-1)], telling),
    },
  ]
}

/** Nothing but failures, between controls that were all accepted. */
function isWhole({ asked, crashed, controls }: Round): boolean {
  return (
    asked >= IN_A_ROUND &&
    crashed.length === asked &&
    controls.length > 1 &&
    controls.every(({ outcome }) => outcome === 'accepted')
  )
}
