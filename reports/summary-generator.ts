/** How well the harness did its part, in words: a late harness reads as a slow target. */
import type { RunRecord } from '../harness/model/record.ts'
import { told } from './escape.ts'
import { count, milliseconds, percent, plural } from './figures.ts'
import { wrap } from './layout.ts'
import type { Brush } from './paint.ts'

/** Any process waits for a core now and then; one that does for so long is late for that alone. */
const STARVED = 0.1

/** With more work than that, one that comes in a burst is late. */
const BUSY = 0.8

export function generatorLines({ generator }: RunRecord, brush: Brush): readonly string[] {
  const { sent, dropped, eventLoopDelayMs, staleConnections } = generator
  const late = `It sent ${plural(sent, 'request')}.${latenessText(generator)} Its event loop was late by ${milliseconds(eventLoopDelayMs.p99)} at the 99th percentile.`
  const lost = `${count(dropped)} were never sent, ${count(staleConnections)} met a connection that was already closed.`
  return [
    ...wrap(late, '  ', brush),
    ...whyLate(generator).flatMap((why) => wrap(why, '  ', brush).map(brush.yellow)),
    ...wrap(lost, '  ', brush).map((line) =>
      dropped + staleConnections > 0 ? brush.yellow(line) : line,
    ),
  ]
}

/** What else had the core, and else whether one was enough. */
function whyLate({ starvedShare, busyShare }: RunRecord['generator']): readonly string[] {
  if (starvedShare >= STARVED)
    return [
      `This machine was busy with something else: for ${percent(starvedShare)} of the time, at its worst, there was work to do and no core to do it on.`,
    ]
  if (busyShare < BUSY) return []
  return [
    `One thread sent and judged, and had work for ${percent(busyShare)} of a round, at its worst: with --senders 1 another sends, where there is a core for it.`,
  ]
}

/** What waits for an answer has no time of its own to be late for. */
function latenessText({ sent, timed, dueToSentMs, dueToSentIn }: RunRecord['generator']): string {
  if (timed === 0) return ''
  const those = timed === sent ? 'Half' : `Of the ${count(timed)} with a time of their own half`
  const [latest] = dueToSentIn.toSorted((one, other) => other.p99Ms - one.p99Ms)
  const where =
    latest === undefined || dueToSentIn.length < 2
      ? ''
      : `; the latest were those of ${told(latest.scenario)}, 99 % within ${milliseconds(latest.p99Ms)}`
  return ` ${those} were sent within ${milliseconds(dueToSentMs.p50)} of when they were due, 99 % within ${milliseconds(dueToSentMs.p99)}, the last after ${milliseconds(dueToSentMs.max)}${where}.`
}
