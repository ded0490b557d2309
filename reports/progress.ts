/** How far a run is, in one line: for a log as words, for a terminal as a bar that is no wider than it. */
import { escape, told } from './escape.ts'
import { count, percent, plural } from './figures.ts'

export interface LiveFigures {
  /** What is being done, such as the name of a scenario, with its number among all stages. */
  readonly stage: string
  readonly done: number
  readonly total: number
  /** Requests a second since the stage began; null before anything can be said of it. */
  readonly perSecond: number | null
  /** How long the stage goes on if it goes on like this; null as above. */
  readonly secondsLeft: number | null
  /** Of what had to be refused how much was not, and of what had to be accepted, as far as it is known at once. */
  readonly falseAccepts: number
  readonly toRefuse: number
  readonly falseRejects: number
  readonly toAccept: number
  readonly undecided: number
  /** The faults that are in force, such as `link.cut on node-2>store`. */
  readonly inForce: readonly string[]
}

/**
 * One line of progress for a pipe or a log, without a newline. Live figures decide nothing; they are what is known so
 * far.
 */
export function progressLine(figures: LiveFigures): string {
  const { stage, done, total, falseAccepts, toRefuse, falseRejects, toAccept, undecided } = figures
  return [
    `${told(stage)}: ${count(done)} of ${count(total)} answered`,
    paceText(figures),
    `false accepts ${shareText(falseAccepts, toRefuse, ' of ')}`,
    `false rejects ${shareText(falseRejects, toAccept, ' of ')}`,
    undecided === 0 ? null : `${count(undecided)} undecided`,
    figures.inForce.length === 0 ? null : `in force: ${figures.inForce.map(told).join(', ')}`,
    leftText(figures),
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** The longest bar, and the shortest that still is one. */
const BAR = { most: 24, least: 5 }

/**
 * The same for a terminal. Room is given in the order of this list: stage and count, FAR and FRR, faults in force, time
 * left, rate, what is undecided; what does not fit is left out. The bar takes what remains.
 */
export function progressBar(figures: LiveFigures, columns: number): string {
  const { stage, done, total, falseAccepts, toRefuse, falseRejects, toAccept, undecided } = figures
  const pieces: readonly (readonly [place: number, ...texts: readonly (string | null)[]])[] = [
    [0, `${escape(stage)} `],
    [2, `${count(done)}/${count(total)}`],
    [4, `FAR ${shareText(falseAccepts, toRefuse, '/')}`],
    [5, `FRR ${shareText(falseRejects, toAccept, '/')}`],
    [8, ...brokenTexts(figures)],
    [7, leftText(figures)],
    [3, paceText(figures)],
    [6, undecided === 0 ? null : `${count(undecided)} undecided`],
  ]
  const kept: (readonly [place: number, text: string])[] = []
  let room = columns - 1
  for (const [place, ...texts] of pieces) {
    const needs = (text: string): number => Array.from(text).length + (place === 0 ? 0 : GAP.length)
    const text = texts.find((each) => each !== null && needs(each) <= room) ?? null
    if (text === null) continue
    kept.push([place, text])
    room -= needs(text)
  }
  const bar = barText(done / Math.max(total, 1), Math.min(BAR.most, room - 1))
  return [...kept, ...(bar === null ? [] : [[1, bar] as const])]
    .toSorted(([a], [b]) => a - b)
    .map(([place, text]) => (place < 2 ? text : `${GAP}${text}`))
    .join('')
}

const GAP = '  '

/** The longest that fits is shown: each with where it is, or their names, or how many there are. */
function brokenTexts({ inForce }: LiveFigures): readonly string[] {
  if (inForce.length === 0) return []
  const names = inForce.map((each) => each.split(' on ')[0] ?? each)
  return [inForce, names, [plural(inForce.length, 'fault')]].map(
    (each) => `✕ ${each.map(escape).join(', ')}`,
  )
}

function barText(share: number, width: number): string | null {
  if (width < BAR.least) return null
  const filled = Math.round(Math.min(share, 1) * width)
  return `${'━'.repeat(filled)}${'┄'.repeat(width - filled)}`
}

function shareText(events: number, trials: number, of: string): string {
  const share = events === 0 || trials === 0 ? '' : ` (${percent(events / trials)})`
  return `${count(events)}${of}${count(trials)}${share}`
}

function paceText({ perSecond }: LiveFigures): string | null {
  return perSecond === null ? null : `${count(Number(perSecond.toFixed(perSecond < 10 ? 1 : 0)))}/s`
}

function leftText({ secondsLeft }: LiveFigures): string | null {
  if (secondsLeft === null) return null
  if (secondsLeft < 100) return `${Math.ceil(secondsLeft)} s left`
  return `${count(Math.ceil(secondsLeft / 60))} min left`
}
