/** Planning a recorded run again, from its seed and the answers it got. */
import { CupelError } from '../harness/errors.ts'
import { judgingIn } from '../harness/history/judging.ts'
import { readHistory } from '../harness/history/reader.ts'
import type { HistoryEvent } from '../harness/model/history.ts'
import type { Judging, PlanBasis } from '../harness/model/judging.ts'
import type { Replanned } from '../harness/model/replanned.ts'
import { openJudge } from '../harness/oracle/judge.ts'
import { digest } from '../harness/plan/digest.ts'
import { seeded } from '../harness/random.ts'
import { openReplanning, type Replanning } from '../harness/replan.ts'
import { CHECKS } from '../suites/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { arranged, type Arranged } from './arrange.ts'
import { selectCase } from './case.ts'
import { ownProfiles } from './plan.ts'
import { profilesFor, type Selection } from './select.ts'
import { VERSION } from './version.ts'

type Header = Extract<HistoryEvent, { kind: 'header' }>

export interface ReplannedRun extends Replanned {
  readonly seed: string
  /** The version that recorded it where that is not this one, which may plan otherwise; else null. */
  readonly otherVersion: string | null
}

/**
 * @param file A `history.ndjson.gz`, whole or cut short. No target, key or scenario file is needed.
 * @throws {CupelError} ERR_HISTORY_* for files that are no such history, or say too little to plan from.
 */
export async function replan(file: string): Promise<ReplannedRun> {
  let header: Header | null = null
  let replanning: Replanning | null = null
  for await (const event of readHistory(file)) {
    if (event.kind === 'header') {
      header = event
      const judging = judgingIn(event)
      const { experiments, canary } = await plannedAgain(event, judging)
      const all = canary === null ? experiments : [...experiments, canary]
      replanning = openReplanning(all, openJudge(judging, judging.asked[0] ?? ''), digest)
    }
    replanning?.see(event)
  }
  if (header === null || replanning === null) throw unplannable('it holds no event')
  const { tool, seed } = header
  return { ...replanning.conclude(), seed, otherVersion: tool === `cupel ${VERSION}` ? null : tool }
}

/** The experiments that the header's run would begin with now. */
export async function plannedAgain({ seed }: Header, judging: Judging): Promise<Arranged> {
  const { basis, plan, asked, strict, target } = judging
  if (basis === undefined || plan === undefined)
    throw unplannable('it was recorded by a version that did not keep what its plan was made from')
  const { facts, only, propertyRuns, answers, canary, maxPerSecond } = basis
  const reasons = new Map(judging.scenarios.map(({ name, unsupported }) => [name, unsupported]))
  return arranged(
    {
      manner: {
        strict,
        only,
        propertyRuns,
        canary,
        maxPerSecond,
        repeat: plan.repeat,
        shard: plan.shard,
      },
      seed,
      random: seeded(seed),
      selection: await selectionOf(basis),
      profiles: ownProfiles(profilesFor(asked, undefined), facts),
      facts,
      called: target.called ?? null,
    },
    { answers, lacks: ({ name }) => reasons.get(name) ?? null, clocks: target.clocks },
  )
}

async function selectionOf({ checks, properties, scenarios, only }: PlanBasis): Promise<Selection> {
  if (only !== null) return { ...(await selectCase(only)), scenarios }
  return {
    checks: CHECKS.filter(({ id }) => checks.includes(id)),
    properties: PROPERTIES.filter(({ name }) => properties.includes(name)),
    scenarios,
  }
}

function unplannable(why: string): CupelError {
  return new CupelError('ERR_HISTORY_UNREADABLE', `this history cannot be planned again: ${why}`, {
    hint: 'Only a history that this version of `cupel run` wrote says what its plan was made from.',
  })
}
