/** What a fault cost beyond itself: how replays fared while it lasted, and how long something stayed wrong after it. */
import type { FailureMode, Recovery } from '../harness/model/record.ts'
import { excerpt } from './escape.ts'
import { count, percent, plural } from './figures.ts'
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

export function bound({ mode, lower95, upper95, ...counts }: FailureMode): string {
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

/** What there was of each, and nothing of what there was not. */
export function countsText({ accepted, refused, unavailable, undecided }: FailureMode): string {
  const counts = { accepted, refused, unavailable, undecided }
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${count(number)} ${name}`)
    .join(', ')
}

/** Each mended fault with when the target was back, and of how many that cannot be said. */
export function recoveryLines(recoveries: readonly Recovery[], brush: Brush): readonly string[] {
  const known = recoveries.filter(({ came }) => came.kind !== 'unknown')
  const unknown = recoveries.length - known.length
  return [
    ...columns(
      known.map((recovery) => [
        excerpt(recovery.scenario, 40),
        excerpt(`${recovery.fault} on ${recovery.on}`, 40),
        cameText(recovery, brush),
      ]),
    ),
    ...(unknown === 0
      ? []
      : [
          brush.dim(
            `  not known of ${plural(unknown, 'fault')}: too little was judged around it; --watch 60 looks on for longer`,
          ),
        ]),
  ]
}

export function cameText({ came, watchedMs }: Recovery, brush: Brush): string {
  const watched = brush.dim(`; watched ${seconds(watchedMs)}`)
  switch (came.kind) {
    case 'below-one-window':
      return `back within one window (${seconds(came.windowMs)})${watched}`
    case 'within':
      return `${brush.yellow(`back between ${seconds(came.fromMs)} and ${seconds(came.toMs)}`)}${watched}`
    case 'stuck':
      return brush.red(`not back after ${seconds(watchedMs)}`)
    case 'unknown':
      return brush.dim('not known')
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
