/** One token of a small scenario: it comes from node-1, is tried, revoked there, and tried again. */
import { ISSUED } from '../../../harness/drive/filled.ts'
import type {
  Answer,
  HistoryEvent,
  Observation,
  Presentation,
} from '../../../harness/model/history.ts'
import type { JudgedTarget, Judging } from '../../../harness/model/judging.ts'
import type { Guard } from '../../../harness/model/scenario.ts'
import type { Judgement } from '../../../harness/model/verdict.ts'
import {
  asked,
  granted,
  judged,
  presented,
  reply,
  RUN_ID,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { judgingOf } from './small-scenario.ts'

export const GOOD = reply(200, { active: true })
export const BAD = reply(200, { active: false })
export const DONE = reply(200)

/** A token that came at 1 s, good at both nodes, and revoked at node-1 at 2 s; answers come 10 ms later. */
export interface Story {
  readonly came?: Answer
  readonly before?: readonly Tried[]
  readonly revoked?: Answer
  readonly after: readonly Tried[]
  readonly index?: number
}

/** By introspection where nothing is said of it. */
export type Tried = readonly [node: string, at: number, answer: Answer, endpoint?: string]

const EVERYWHERE: readonly Tried[] = [
  ['node-1', 1.2, GOOD],
  ['node-2', 1.4, GOOD],
]

export function eventsOf(story: Story): readonly Observation[] {
  const { came = granted(), before = EVERYWHERE, revoked = DONE, after, index = 0 } = story
  const step = `s/r0/stream/${index}/c0`
  const caseId = `s/stream/${index}`
  const done = (name: string, [node, at, answer, endpoint = 'introspection']: Tried): Observation =>
    asked({
      step: `${step}/${name}`,
      caseId,
      at,
      answer,
      node,
      endpoint,
      presented: [
        ...(endpoint === 'resource' ? [] : [itself(at, `${step}/${name}`)]),
        {
          part: 'token',
          usage: 'bearer-token',
          key: null,
          last: true,
          truth: ISSUED,
          follows: step,
        },
      ],
    })
  return [
    asked({ step, caseId, at: 1, answer: came }),
    ...before.map((each, at) => done(`before-${at}`, each)),
    done('revoked', ['node-1', 2, revoked, 'revocation']),
    ...after.map((each, at) => done(`after-${at}`, each)),
  ]
}

/** What its client authenticates with meanwhile, each once. */
function itself(at: number, step: string): Presentation {
  return presented(truthAt(at, { jti: `${step}${RUN_ID}` }))
}

export const COUNTED: Guard = { name: 'revoked', counts: 'revocations', needed: 1 }

/** @param revokedToken How many seconds the target says that a revocation takes it; undefined where it says nothing. */
export function judgingRevoked(revokedToken?: number, guards: readonly Guard[] = []): Judging {
  const { declares, ...others } = targetWith({ replay: 'single-use' })
  const target: JudgedTarget = {
    ...others,
    declares: {
      ...declares,
      ...(revokedToken === undefined ? {} : { propagationSeconds: { revokedToken } }),
    },
  }
  const stream = streamOf({ copies: 1, attack: null, revokes: { tries: 2, everySeconds: 1 } })
  return judgingOf({ streams: [stream], guards, maxUndecided: 1 }, { target })
}

export function judgedRevoked(
  events: readonly HistoryEvent[],
  revokedToken?: number,
  guards?: readonly Guard[],
): Judgement {
  return judged(judgingRevoked(revokedToken, guards), whole(events))
}
