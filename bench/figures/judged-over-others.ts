import { contest, type ContenderName } from '../contest.ts'
import type { Figure } from '../figure.ts'

/** Judged requests a second over those of peers that have no goal; null where one is not installed. */
export const judgedOverOthers: readonly Figure[] = [
  over('wrk', 'wrk with one body'),
  over('k6', 'k6, which signs each request itself'),
  over('artillery', 'Artillery with a jose processor'),
]

function over(name: ContenderName, words: string): Figure {
  return {
    name: `judged paced requests over ${words}`,
    unit: 'ratio',
    goal: null,
    async measure(say) {
      const rates = await contest(say)
      const other = rates.get(name)
      return other === undefined ? null : (rates.get('ourselves') ?? 0) / other
    },
  }
}
