/** Asking one case of an experiment again, and nothing else of it. */
import type { Experiment, Next } from '../model/experiment.ts'
import type { Due, Json, Step } from '../model/plan.ts'

/**
 * The first round of an experiment with only the steps of one case, as far apart as before. Where what lay between them
 * belongs to the case, as when others are used before an assertion comes again, or where something is broken meanwhile,
 * the round is asked as it is: a case that stood elsewhere would be another.
 */
export function onlyCase(experiment: Experiment, caseId: string): Experiment {
  const { name, question } = experiment
  return {
    name,
    question,
    start: () => narrowed(experiment.start(), caseId),
    next: () => ({ conclude: null }),
  }
}

function narrowed(next: Next<Json>, caseId: string): Next<Json> {
  if (!('ask' in next)) return next
  const steps = [...next.ask]
  const rests = new Map(steps.filter(isRest).map(({ name: rest, due }) => [rest, due]))
  const own = steps.filter((step) => step.caseId === caseId).map((step) => pastRests(step, rests))
  if (own.length === 0) return { conclude: null }
  const { part: _, ...first } = next
  if (next.faults.length > 0 || needsOthers(own)) return first
  return { ask: moved(own), faults: [], state: next.state }
}

/** A control that only keeps what failed before apart from what comes next. */
function isRest({ caseId }: Step): boolean {
  return /^control\/[^/]+\/between-\d+$/.test(caseId)
}

function pastRests(step: Step, rests: ReadonlyMap<string, Due>): Step {
  let { due } = step
  for (let rest = rests.get(nameIn(due)); rest !== undefined; rest = rests.get(nameIn(due)))
    due = rest
  return { ...step, due }
}

function nameIn(due: Due): string {
  return 'after' in due ? due.after : ''
}

/** Whether others come between its steps: a later step waits for one that its first does not wait for. */
function needsOthers(own: readonly Step[]): boolean {
  const [first, ...later] = own
  const before = first !== undefined && 'after' in first.due ? first.due.after : null
  return later.some(
    (step) => waitsForOthers(step, own) && 'after' in step.due && step.due.after !== before,
  )
}

function waitsForOthers({ due }: Step, own: readonly Step[]): boolean {
  return 'after' in due && !own.some(({ name }) => name === due.after)
}

/** The first of them begins at once. */
function moved(own: readonly Step[]): readonly Step[] {
  const times = own.flatMap(({ due }) => ('atUs' in due ? [due.atUs] : []))
  const from = times.length === 0 ? 0 : Math.min(...times)
  return own.map((step) => {
    const { due } = step
    if ('atUs' in due) return { ...step, due: { atUs: due.atUs - from } }
    return waitsForOthers(step, own) ? { ...step, due: { atUs: 0 } } : step
  })
}
