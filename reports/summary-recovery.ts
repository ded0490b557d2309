/** What a fault cost beyond itself: how replays fared while it lasted, and how long something stayed wrong after it. */
import type { FailureMode, Recovery } from '../harness/model/record.ts'
import { excerpt } from './escape.ts'
import { count, milliseconds, percent, plural } from './figures.ts'
import { columns } from './layout.ts'
import type { Brush } from './paint.ts'

/** Each replay memory by how it fails, with the counts and the bound that say so. */
export function failureLines(modes: readonly FailureMode[], brush: Brush): readonly string[] {
  return columns(
    modes.map((mode) => [
      excerpt(mode.scenario, 40),
      excerpt(`${mode.attack ?? 'honest'}, ${mode.nodes} node`, 30),
      modeBrush(mode.mode, brush)(mode.mode),
      bound(mode),
      brush.dim(countsText(mode)),
    ]),
  )
}

function modeBrush(mode: FailureMode['mode'], brush: Brush): (text: string) => string {
  switch (mode) {
    case 'fail-open':
    case 'degraded':
      return brush.red
    case 'fail-closed':
      return brush.green
    case 'unclassified':
      return brush.dim
  }
}

function bound({ mode, lower95, upper95, ...counts }: FailureMode): string {
  const judged = counts.accepted + counts.refused + counts.unavailable
  switch (mode) {
    case 'fail-open':
      return `accepts at least ${percent(lower95)}`
    case 'fail-closed':
      return `accepts at most ${percent(upper95)}`
    case 'degraded':
      return `accepts ${percent(lower95)} to ${percent(upper95)}`
    case 'unclassified':
      return `${plural(judged, 'replay')}; a name takes 59`
  }
}

function countsText({ accepted, refused, unavailable, undecided }: FailureMode): string {
  const doubts = undecided === 0 ? '' : `, ${count(undecided)} undecided`
  return `${count(accepted)} accepted, ${count(refused)} refused, ${count(unavailable)} unavailable${doubts}`
}

/** Each mended fault with when the target was back. */
export function recoveryLines(recoveries: readonly Recovery[], brush: Brush): readonly string[] {
  return columns(
    recoveries.map((recovery) => [
      excerpt(recovery.scenario, 40),
      excerpt(`${recovery.fault} on ${recovery.on}`, 40),
      cameText(recovery, brush),
    ]),
  )
}

function cameText({ came, watchedMs, judged }: Recovery, brush: Brush): string {
  const watched = brush.dim(
    `watched ${milliseconds(watchedMs)}, ${plural(judged, 'request')} judged`,
  )
  switch (came.kind) {
    case 'below-one-window':
      return `back within one window (${milliseconds(came.windowMs)}); ${watched}`
    case 'within':
      return `${brush.yellow(`back between ${milliseconds(came.fromMs)} and ${milliseconds(came.toMs)} after it was mended`)}; ${watched}`
    case 'stuck':
      return `${brush.red(`not back after ${milliseconds(watchedMs)}`)}; ${watched}`
    case 'unknown':
      return brush.dim(`not known: ${came.because}`)
  }
}
