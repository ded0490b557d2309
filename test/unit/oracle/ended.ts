/** Presentations around the end of their assertion, and what is derived of them. */
import type { Derived } from '../../../harness/model/derived.ts'
import type { Answer, HistoryEvent, Truth } from '../../../harness/model/history.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import {
  asked,
  judged,
  presented,
  SECOND_US,
  START_US,
  streamOf,
  truthAt,
  whole,
} from './histories.ts'
import { judgingOf } from './small-scenario.ts'

const FIRST: Partial<Stream> = { attack: null, copies: 1 }

export function derivedOf(
  events: readonly HistoryEvent[],
  stream: Partial<Stream> = FIRST,
): { readonly derived: readonly Derived[]; readonly because: string } {
  const judging = judgingOf({ streams: [streamOf(stream)], guards: [] })
  const [scenario] = judged(judging, whole(events)).scenarios
  return { derived: scenario?.derived ?? [], because: scenario?.because ?? '' }
}

/** A first presentation `pastEnd` seconds after its end, of an assertion that is wrong in nothing else. */
export function ended(index: number, pastEnd: number, answer: Answer, more: Partial<Truth> = {}) {
  const at = 2 + index
  const expUs = START_US + (at - pastEnd) * SECOND_US
  const times = { expUs, iatUs: expUs - 60 * SECOND_US, defect: { kind: 'expired' } }
  const step = `s/r0/stream/${index}/c0`
  const truth = truthAt(at, { ...times, jti: `${step}-jti`, ...more })
  return asked({ step, at, answer, presented: [presented(truth)] })
}
