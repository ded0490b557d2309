/** What many runs of the same question came to, put together. */
import type { RunRecord } from '../harness/model/record.ts'

export interface ChaosTally {
  see(seed: string, record: Pick<RunRecord, 'scenarios' | 'checks' | 'findings'>): void
  readonly accused: number
  /** Checks and scenarios that conformed in one run of a seed and violated in another of the same seed. */
  contradictory(): readonly string[]
  lines(): readonly string[]
}

/** They ask as much as they can, or draw cases that break nothing. */
const OTHERS = /^(capacity|property-.*)$/

const CONFORMS = 'conforms'
const VIOLATES = 'violates'

export function openChaosTally(): ChaosTally {
  const reasons = new Map<string, number>()
  const verdicts = new Map<string, Set<string>>()
  let [judged, unasked, accused] = [0, 0, 0]
  const came = (seed: string, what: string, verdict: string): void => {
    const name = `${what} with seed ${seed}`
    verdicts.set(name, (verdicts.get(name) ?? new Set()).add(verdict))
  }
  return {
    see(seed, { scenarios, checks, findings }) {
      for (const { name, verdict, because } of scenarios) {
        came(seed, name, verdict)
        if (OTHERS.test(name)) continue
        if (verdict === 'unsupported') {
          unasked += 1
          continue
        }
        judged += 1
        if (verdict !== 'inconclusive') continue
        const reason = `${name}: ${because.replaceAll(/\d+/g, 'n')}`
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      }
      for (const { caseId, verdict } of checks)
        came(seed, caseId, verdict === 'pass' ? CONFORMS : verdict === 'fail' ? VIOLATES : verdict)
      accused += findings.filter(({ obliges }) => obliges).length
    },
    get accused() {
      return accused
    },
    contradictory: () =>
      [...verdicts].flatMap(([name, seen]) =>
        seen.has(CONFORMS) && seen.has(VIOLATES) ? [name] : [],
      ),
    lines() {
      const unsure = [...reasons.values()].reduce((sum, times) => sum + times, 0)
      return [
        `${judged} scenarios judged, ${unsure} of them inconclusive, ${accused} accusations; ${unasked} unsupported`,
        ...[...reasons]
          .toSorted(([, one], [, other]) => other - one)
          .map(([reason, times]) => `${times} times ${reason}`),
      ]
    },
  }
}
