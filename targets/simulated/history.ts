/** From a world to its history, event by event, in the format of a run: nothing of it is kept, so it may be of any length. */
import { createHash } from 'node:crypto'
import type { HistoryEvent } from '../../harness/model/history.ts'
import type { Judging } from '../../harness/model/judging.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { TargetFacts } from '../../harness/model/target.ts'
import { requestsOfBlock } from './blocks.ts'
import { runIdOf, startWorld } from './start.ts'
import { START_US } from './target.ts'
import { readClocks } from './watching.ts'
import type { World, WorldStream } from './world.ts'

export interface Told {
  /** Who is asked and by whom, as a target says it of itself. */
  readonly facts: TargetFacts
  /** What the header says of how to judge it. */
  readonly judging: Judging
}

/** How many events are made at a time, before they are given out. */
const AT_A_TIME = 256

/** @throws {RangeError} When the world speaks of a party, a node or a fault that there is not. */
export function* historyOf(world: World, { facts, judging }: Told): Iterable<HistoryEvent> {
  const { queue, events, watch } = startWorld(world, facts)
  yield {
    kind: 'header',
    format: 1,
    tool: 'cupel simulated',
    runId: runIdOf(world),
    seed: world.seed,
    startedUs: START_US,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is plain data, which its type cannot say
    judging: judging as unknown as Json,
  }
  const digest = createHash('sha256').update(JSON.stringify(world)).digest('hex')
  yield { kind: 'round', scenario: world.scenario, round: 0, steps: requestsOf(world), digest }
  let observed = 0
  for (let more = true; more;) {
    while (more && events.length < AT_A_TIME) more = queue.step()
    if (!more) readClocks(watch, world.readings)
    for (const event of events) {
      if (event.kind === 'observed') observed += 1
      yield event
    }
    events.length = 0
  }
  yield { kind: 'concluded', scenario: world.scenario, result: null }
  // The digest of a file is known to who writes the file.
  yield { kind: 'footer', steps: requestsOf(world), observed, digest: '' }
}

/** How many requests a world sends. */
function requestsOf({ traffic, most }: World): number {
  const all = traffic.map((each) => {
    switch (each.kind) {
      case 'checks':
        return each.blocks.reduce((sum, block) => sum + requestsOfBlock(block).length, 0)
      case 'script':
        return each.credentials.reduce((sum, { copies }) => sum + copies.length, 0)
      case 'stream':
        return arrivalsOf(each.stream) * each.stream.copies
    }
  })
  return Math.min(
    most ?? Infinity,
    all.reduce((sum, each) => sum + each, 0),
  )
}

function arrivalsOf({ arrivals }: WorldStream): number {
  if (arrivals.kind !== 'even') return arrivals.count
  return Math.floor((arrivals.endSeconds - arrivals.startSeconds) * arrivals.perSecond)
}
