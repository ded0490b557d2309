import { contest } from '../contest.ts'
import type { Figure } from '../figure.ts'

/** Judged requests a second over what autocannon sends of one fixed body, to the same server. */
export const judgedOverAutocannon: Figure = {
  name: 'judged paced requests over autocannon with one body',
  unit: 'ratio',
  goal: { atLeast: 0.9 },
  async measure(say) {
    const rates = await contest(say)
    return (rates.get('ourselves') ?? 0) / (rates.get('autocannonFixed') ?? Infinity)
  },
}
