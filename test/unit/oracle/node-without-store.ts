/** A scenario in which one of the nodes is cut off from its store from the second to the sixth second, and what is found in it. */
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { Judging } from '../../../harness/model/judging.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import { fault, granted, judged, streamOf, whole } from './histories.ts'
import { judgingOf } from './small-scenario.ts'

export const CUT = [{ fault: 'link.cut', on: 'node-2>store', startSeconds: 2, endSeconds: 6 }]
export const BEGIN = [fault('inflicting', 2), fault('confirmed', 2.5)]
export const END = [fault('mending', 6), fault('mended', 6.5)]

export function findings(
  events: readonly HistoryEvent[],
  stream: Partial<Stream> = {},
  rest: Partial<Judging> = {},
): readonly string[] {
  const scenario = { streams: [streamOf(stream)], faults: CUT, guards: [] }
  const { convictions } = judged(judgingOf(scenario, rest), whole(events))
  return convictions.map(({ finding, obliges }) => `${finding}${obliges ? '' : ' (noted)'}`)
}

export const at = (seconds: number, node: string, answer: Answer = granted()) => ({
  at: seconds,
  node,
  answer,
})
