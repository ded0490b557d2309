/** The rounds of a recorded run, worked out again from the answers that stand in its history. */
import { plain } from './json.ts'
import type { Experiment, Next } from './model/experiment.ts'
import type { HistoryEvent } from './model/history.ts'
import type { Json } from './model/plan.ts'
import type { Replanned } from './model/replanned.ts'
import type { Judge } from './model/verdict.ts'
import { CANARY } from './plan/scenarios/canary.ts'
import { extentOf } from './plan/extent.ts'
import { beginsRound } from './run.ts'

export interface Replanning {
  see(event: HistoryEvent): void
  conclude(): Replanned
}

type Round = Extract<HistoryEvent, { kind: 'round' }>
type Concluded = Extract<HistoryEvent, { kind: 'concluded' }>

/** How far an experiment has come. */
interface Course {
  next: Next<Json>
  round: number
  /** What was asked otherwise than it is planned now; nothing that follows from it is looked at. */
  departed: boolean
  concluded: boolean
}

/**
 * Events are shown in the order of the file. What an experiment asks next is worked out from the events before it alone, as
 * it was in the run.
 *
 * @param judge Of the run's own profile; it sees every event.
 */
export function openReplanning(
  experiments: readonly Experiment[],
  judge: Judge,
  digest: (parts: readonly Json[]) => string,
): Replanning {
  const courses = openCourses(experiments, judge)
  const rounds: Replanned['rounds'][number][] = []
  const differences: Replanned['differences'][number][] = []
  let whole = false
  const depart = (course: Course | null, scenario: string, how: string): void => {
    if (course?.departed === true) return
    if (course !== null) course.departed = true
    differences.push({ scenario, round: course?.round ?? 0, how })
  }
  return {
    see(event) {
      if (event.kind === 'round') {
        const { scenario, round, steps } = event
        const course = courses.onwards(scenario)
        const how = otherwise(course, event, digest)
        rounds.push({ scenario, round, steps, same: how === null && course?.departed === false })
        if (how !== null) depart(course, scenario, how)
      } else if (event.kind === 'concluded') {
        const course = courses.onwards(event.scenario)
        const how = concludedOtherwise(course, event)
        if (how !== null) depart(course, event.scenario, how)
        if (course !== null) course.concluded = true
      } else if (event.kind === 'footer') whole = true
      judge.see(event)
    },
    conclude: () => ({
      rounds,
      differences: [...differences, ...(whole ? courses.unended() : [])],
      whole,
    }),
  }
}

interface Courses {
  /** What an experiment does after all that the judge has seen; null for one that is not planned. */
  onwards(scenario: string): Course | null
  /** Those that would not be over yet. */
  unended(): Replanned['differences']
}

function openCourses(experiments: readonly Experiment[], judge: Judge): Courses {
  const courses = new Map<string, Course>()
  return {
    onwards(scenario) {
      const experiment = experiments.find(({ name }) => name === scenario)
      if (experiment === undefined) return null
      const course = courses.get(scenario)
      if (course === undefined) {
        const fresh = { next: experiment.start(), round: 0, departed: false, concluded: false }
        courses.set(scenario, fresh)
        return fresh
      }
      if (course.departed || !('ask' in course.next)) return course
      course.next = experiment.next(course.next.state, judge.soFar(scenario))
      if (beginsRound(course.next)) course.round++
      return course
    },
    unended: () =>
      experiments.flatMap(({ name }) => {
        const { concluded = false, round = 0 } = courses.get(name) ?? {}
        return concluded ? [] : [{ scenario: name, round, how: 'it would be asked to its end' }]
      }),
  }
}

/** How a round that was asked differs from the one that would be; null where it does not. */
function otherwise(
  course: Course | null,
  asked: Round,
  digest: (parts: readonly Json[]) => string,
): string | null {
  if (course === null) return 'it would not be asked'
  const { next, round } = course
  if (!('ask' in next)) return 'it would have concluded'
  const { count, parts } = extentOf(next.ask)
  if (round !== asked.round) return `it would be round ${round}, not ${asked.round}`
  if (count !== asked.steps) return `it would ask ${count} steps, not ${asked.steps}`
  return digest(parts) === asked.digest ? null : 'it would ask other steps'
}

/** Compared as the file has them: what JSON has no word for is gone from both. */
function concludedOtherwise(course: Course | null, { scenario, result }: Concluded): string | null {
  if (course === null) return 'it would not be asked'
  // A canary goes on for as long as anything else is asked, and comes to nothing then.
  if ('ask' in course.next) return scenario === CANARY && result === null ? null : 'it would go on'
  return JSON.stringify(plain(course.next.conclude)) === JSON.stringify(result)
    ? null
    : 'it would come to another conclusion'
}
