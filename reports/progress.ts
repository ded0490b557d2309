/** How far a run is, in one line. */
import { told } from './escape.ts'
import { count } from './figures.ts'

export interface LiveFigures {
  /** What is being done, such as the name of a scenario. */
  readonly stage: string
  readonly done: number
  /** Null where nobody knows how many there will be. */
  readonly total: number | null
  readonly judged: number
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly undecided: number
}

/**
 * One line of progress for a pipe or a log, without a newline. Live figures decide nothing; they are what is known so
 * far.
 */
export function progressLine(figures: LiveFigures): string {
  const { stage, done, total, judged, falseAccepts, falseRejects, undecided } = figures
  const sent = total === null ? `${count(done)} sent` : `${count(done)} of ${count(total)} sent`
  return `${told(stage)}: ${sent}, ${count(judged)} judged, ${count(falseAccepts)} falsely accepted, ${count(falseRejects)} falsely refused, ${count(undecided)} undecided`
}
