/** Errors that came in place of refusals and refuse nothing by the profile: a target that means them so is to say it. */
import type { Observation } from '../../model/history.ts'
import type { Usage } from '../../model/plan.ts'
import type { Outcome } from '../../model/verdict.ts'

/** What was owed a refusal, and what came. */
export interface Owed {
  readonly usage: Usage
  readonly outcome: Outcome
  readonly observation: Pick<Observation, 'answer' | 'presented'>
}

export interface UnreadCodes {
  see(owed: Owed): void
  notes(): readonly string[]
}

/** So many of one code are how a target refuses, and no matter of one odd request. */
const ENOUGH = 10

/** What is wrong with a request, whatever credential it carries (RFC 6749 §5.2, RFC 8707 §2). */
const OF_REQUESTS: ReadonlySet<string> = new Set([
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
])

const NAMES: Readonly<Partial<Record<Usage, string>>> = {
  'client-authentication': 'client assertions',
  'authorization-grant': 'grants',
}

export function openUnreadCodes(): UnreadCodes {
  const seen = new Map<string, { readonly code: string; readonly name: string; times: number }>()
  return {
    see({ usage, outcome, observation: { answer, presented } }) {
      const name = NAMES[usage]
      if (name === undefined || outcome !== 'elsewhere' || presented.length !== 1) return
      if (answer.kind === 'none' || answer.code === null || OF_REQUESTS.has(answer.code)) return
      const { code } = answer
      const found = seen.get(`${usage} ${code}`) ?? { code, name, times: 0 }
      found.times += 1
      seen.set(`${usage} ${code}`, found)
    },
    notes: () => [...seen.values()].filter(({ times }) => times >= ENOUGH).map(words),
  }
}

function words({ code, name, times }: { code: string; name: string; times: number }): string {
  const shown = JSON.stringify(code)
  return `${times} ${name} that must be refused were answered ${shown}, which is no refusal of them by the profile, so that nobody knows what became of them: if the target refuses by it, policy: { err.own.codes: [${shown}] } in the target file says so.`
}
