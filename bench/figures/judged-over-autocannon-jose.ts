import { contest } from '../contest.ts'
import type { Figure } from '../figure.ts'
import { joseSignsPerSecond } from '../jose-signing.ts'

/**
 * Judged requests a second over autocannon as its users must use it for assertions: `setupRequest` with a body for each,
 * signed by jose. Its hook cannot wait, so that they sign beforehand, in the same process: one second of signing and
 * sending is as many requests as both take together.
 */
export const judgedOverAutocannonJose: Figure = {
  name: 'judged paced requests over autocannon with setupRequest and jose',
  unit: 'ratio',
  goal: { atLeast: 4 },
  async measure(say) {
    const rates = await contest(say)
    const sending = rates.get('autocannonVaried') ?? Infinity
    const signing = await joseSignsPerSecond()
    say(`jose signs ${Math.round(signing)} a second`)
    return (rates.get('ourselves') ?? 0) * (1 / sending + 1 / signing)
  },
}

/** The same against its sending alone. */
export const judgedOverAutocannonVaried: Figure = {
  name: 'judged paced requests over autocannon with setupRequest, signing not counted',
  unit: 'ratio',
  goal: null,
  async measure(say) {
    const rates = await contest(say)
    return (rates.get('ourselves') ?? 0) / (rates.get('autocannonVaried') ?? Infinity)
  },
}
