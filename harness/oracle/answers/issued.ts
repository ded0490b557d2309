/** Tokens that were issued and reached nobody: a server that issues first and looks for a replay afterwards leaves some. */
import type { Answer, Observation } from '../../model/history.ts'
import type { JudgedScenario } from '../../model/judging.ts'
import type { Conviction } from '../../model/verdict.ts'
import { isFailure } from './classify.ts'

export interface Issued {
  see(observation: Observation): void
  /** @param counted What the target says that it issued meanwhile, by scenario; undefined where it says nothing. */
  conclude(
    scenarios: readonly JudgedScenario[],
    counted: (scenario: string) => number | undefined,
  ): readonly Conviction[]
}

/** Its requests get tokens that nobody watches. */
const UNWATCHED = 'load.pressure'

export function openIssued(): Issued {
  const received = new Map<string, { most: number }>()
  return {
    see({ scenario, endpoint, answer }) {
      if (!mayHaveIssued(answer, endpoint)) return
      const known = received.get(scenario)
      if (known === undefined) received.set(scenario, { most: 1 })
      else known.most += 1
    },
    conclude: (scenarios, counted) =>
      scenarios.flatMap(({ name, faults }) => {
        const issued = counted(name)
        const most = received.get(name)?.most ?? 0
        if (issued === undefined || issued <= most) return []
        return faults.some(({ fault }) => fault === UNWATCHED) ? [] : [leftOver(name, issued, most)]
      }),
  }
}

/** What was not answered, with trouble of the server's own or unreadably, may have been issued all the same. */
function mayHaveIssued(answer: Answer, endpoint: string): boolean {
  if (answer.kind === 'none' || answer.token !== null || answer.status >= 500) return true
  return endpoint === 'token' && isFailure(answer, endpoint)
}

function leftOver(scenario: string, issued: number, most: number): Conviction {
  return {
    scenario,
    caseId: scenario,
    check: null,
    finding: 'replay/loser-token-lives',
    obliges: true,
    obligation: 'derived',
    because: `${issued} access tokens were issued by the target's own count, and no more than ${most} can have reached anybody: it issues a token before it knows whether the assertion was used.`,
    spec: ['RFC 7523 §3 item 7'],
    witness: [],
  }
}
