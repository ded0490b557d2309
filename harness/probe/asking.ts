/** Asks a target a handful of things at once, each one change away from a control, and reads what became of them. */
import { classify } from '../oracle/answers/classify.ts'
import type { Change } from '../model/check.ts'
import type { HistoryEvent, Observation } from '../model/history.ts'
import type { Due, Json, Round, Source, Step, Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Trial } from '../model/probe.ts'
import type { Clock, KeyFacts, Principal, Random, Role, TargetFacts } from '../model/target.ts'
import {
  companion,
  controlAudience,
  controlClaims,
  controlHeader,
  controlKey,
  controlSource,
  PART_OF,
} from '../plan/control.ts'
import { changed, changedHeader, stepOf } from '../plan/request.ts'
import { stem } from '../plan/stem.ts'

const ROLE: Role = 'hostile'

export interface Stimulus {
  /** What differs from the control; nothing when absent. */
  readonly change?: Change
  readonly by?: Principal
  readonly key?: KeyFacts
  /** Presents again what that so manyth stimulus of the same call did, counted from zero, or that step of an earlier one. */
  readonly again?: number | string
  readonly node?: string | null
  /** The part of a second, from 0 up to 1, that has passed when it is sent; at once when absent. */
  readonly phase?: number
  /** How long after the call it is sent, whatever became of those before it. */
  readonly atMs?: number
}

export interface Told extends Omit<Trial, 'name'> {
  readonly step: string
  readonly expUs: number | null
  readonly nbfUs: number | null
  readonly iatUs: number | null
  /** Between these the target looked at it. */
  readonly releasedUs: number
  readonly answeredUs: number
}

export type Ask = (stimuli: readonly Stimulus[]) => Promise<readonly Told[]>

export interface Asking {
  readonly facts: TargetFacts
  readonly policy: Policy
  readonly usage: Usage
  readonly by: Principal
  readonly random: Random
  readonly clock: Clock
  drive(round: Round): AsyncIterable<readonly HistoryEvent[]>
  /** Told of everything that happens. */
  see(event: HistoryEvent): void
}

/** From a call to the start of its round, until one was seen. */
const LEAD_US = 100_000

/** Those without a time of their own go one after the other. */
export function openAsk(asking: Asking): Ask {
  const { clock, usage } = asking
  let round = 0
  let leadUs = LEAD_US
  return async (stimuli) => {
    const calledUs = clock.nowUs()
    const steps = stepsOf(stimuli, { asking, round, startUs: calledUs + leadUs })
    const seen = new Map<string, Observation>()
    const scenario = `probe/${usage}`
    for await (const events of asking.drive({ scenario, round, steps, faults: [] })) {
      for (const event of events) {
        asking.see(event)
        if (event.kind === 'observed') seen.set(event.step, event)
      }
    }
    round++
    const [first] = steps
    if (first !== undefined && 'atUs' in first.due)
      leadUs = (seen.get(first.name)?.dueUs ?? calledUs + leadUs) - first.due.atUs - calledUs
    return steps.map(({ name }) => toldOf(seen.get(name), asking))
  }
}

/** What is so of an answer under a name. */
export function trial(name: string, told: Told | undefined): Trial {
  const { outcome, status, code } = told ?? UNSENT
  return { name, outcome, status, code }
}

interface Place {
  readonly asking: Asking
  readonly round: number
  readonly startUs: number
}

function stepsOf(stimuli: readonly Stimulus[], place: Place): readonly Step[] {
  const { asking, round } = place
  const names = stimuli.map((_, index) => `probe/${asking.usage}/r${round}/${index}`)
  return stimuli.map((stimulus, index) => {
    const { by = asking.by, node = asking.facts.nodes[0] ?? null } = stimulus
    const name = names[index] ?? ''
    return stepOf(
      {
        name,
        caseId: name,
        due: dueOf(stimulus, names[index - 1], place),
        endpoint: asking.usage === 'bearer-token' ? 'resource' : 'token',
        node,
        principal: by.name,
        parts: partsOf(stimulus, name, names, asking),
      },
      asking.facts,
    )
  })
}

function dueOf({ phase, atMs }: Stimulus, before: string | undefined, { startUs }: Place): Due {
  if (phase !== undefined) {
    const leftUs = (phase * 1e6 - (startUs % 1e6)) % 1e6
    return { atUs: Math.round(leftUs < 0 ? leftUs + 1e6 : leftUs) }
  }
  if (atMs !== undefined || before === undefined) return { atUs: (atMs ?? 0) * 1_000 }
  return { after: before, plusUs: 0 }
}

function partsOf(
  stimulus: Stimulus,
  name: string,
  names: readonly string[],
  asking: Asking,
): Readonly<Record<string, Source>> {
  const { usage, facts, random } = asking
  const making = { policy: asking.policy, facts, role: ROLE }
  const beside = companion(usage, making)
  const part = PART_OF[usage]
  const client = PART_OF['client-authentication']
  const own: Source =
    stimulus.again === undefined
      ? minted(stimulus, name, asking)
      : {
          kind: 'again',
          step: typeof stimulus.again === 'string' ? stimulus.again : (names[stimulus.again] ?? ''),
          part,
          altered: null,
          last: false,
        }
  if (beside === undefined) return { [part]: own }
  const jti = stem(random, `${name}/beside`)
  return {
    [client]: controlSource('client-authentication', beside, jti, making),
    [part]: own,
  }
}

function minted(stimulus: Stimulus, name: string, asking: Asking): Source {
  const { usage, facts, policy, random } = asking
  const { by = asking.by, change, key = controlKey(by) } = stimulus
  const clientId =
    usage === 'dpop-proof' ? undefined : companion(usage, { policy, facts, role: ROLE })?.id
  const claims = controlClaims(usage, by, {
    audience: controlAudience(usage, policy, facts),
    stem: stem(random, name),
    ...(clientId === undefined ? {} : { clientId }),
  })
  return {
    kind: 'minted',
    usage,
    signer: key.name,
    header: changedHeader(controlHeader(usage, key, asking), change),
    claims: changed(claims, change, facts),
    defect: change?.defect ?? null,
    last: false,
  }
}

const UNSENT: Told = {
  step: '',
  outcome: 'unsent',
  status: null,
  code: null,
  expUs: null,
  nbfUs: null,
  iatUs: null,
  releasedUs: 0,
  answeredUs: 0,
}

function toldOf(seen: Observation | undefined, { usage, policy }: Asking): Told {
  const presented = seen?.presented.find((each) => each.usage === usage)
  if (seen === undefined || presented === undefined) return UNSENT
  const { answer, releasedUs, answeredUs } = seen
  const { expUs, nbfUs, iatUs } = presented.truth
  return {
    step: seen.step,
    outcome: classify(seen, presented, policy),
    status: answer.kind === 'reply' ? answer.status : null,
    code: answer.kind === 'reply' ? answer.code : null,
    expUs,
    nbfUs,
    iatUs,
    releasedUs: releasedUs ?? 0,
    answeredUs: answeredUs ?? releasedUs ?? 0,
  }
}

/** A claim set to so many seconds from now. */
export function dated(claims: Readonly<Record<string, number>>): Change {
  const set: Record<string, Json> = {}
  for (const [name, seconds] of Object.entries(claims)) set[name] = { $now: seconds }
  return { set, defect: null }
}
