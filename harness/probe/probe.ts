/** Everything that is measured of a target, one usage after the other, in an order in which nothing spoils what follows. */
import type { Usage } from '../model/plan.ts'
import type { Profile } from '../model/policy.ts'
import type { ClockFound, MemoryFound, ProbeReport, UsageFound } from '../model/probe.ts'
import type { Principal } from '../model/target.ts'
import { controlAudience } from '../plan/control.ts'
import { anotherThan, principalFor } from '../plan/principals.ts'
import { openAsk, trial, type Ask, type Asking } from './asking.ts'
import { edges } from './edges.ts'
import { identifiers } from './identifiers.ts'
import { lifetime } from './lifetime.ts'
import { memory } from './memory.ts'
import { algorithms, audiences, errors, types } from './trials.ts'
import { policyOf } from './policy.ts'

/** `policy` is what controls are made by: the profile's, as the target file narrows it. */
export interface ProbeOptions extends Omit<Asking, 'usage' | 'by'> {
  /** What a policy for the target file is held against. */
  readonly profile: Profile
  /** How many assertions may be spent on the capacity of a replay memory. */
  readonly capacity: number
  /** Whether to wait for assertions to end, to see for how long used ones are remembered. */
  readonly waits: boolean
  /** Which to measure; all that the target has when absent. */
  readonly usages?: readonly Usage[]
  /** Whether the target reads headers at all: one that is handed truths does not. */
  readonly readsHeaders: boolean
  /** What is known of clocks so far. */
  readonly clocks: () => readonly ClockFound[]
}

export type Probed = Pick<ProbeReport, 'usages' | 'clocks' | 'policy' | 'wider' | 'notes'>

export async function probe(options: ProbeOptions): Promise<Probed> {
  const usages: UsageFound[] = []
  const notes: string[] = []
  for (const usage of options.facts.usages) {
    if (options.usages?.includes(usage) === false) continue
    const by = principalFor(options.facts, usage, 'hostile')
    if (by === undefined) continue
    const ask = openAsk({ ...options, usage, by })
    const found = await ofUsage(ask, { usage, by, options })
    usages.push(found.usage)
    notes.push(...found.notes)
  }
  return { usages, notes, clocks: options.clocks(), ...policyOf(usages, options.profile) }
}

interface Probing {
  readonly usage: Usage
  readonly by: Principal
  readonly options: ProbeOptions
}

async function ofUsage(
  ask: Ask,
  probing: Probing,
): Promise<{ readonly usage: UsageFound; readonly notes: readonly string[] }> {
  const { usage, by, options } = probing
  const { facts, policy } = options
  const control = trial('the control', (await ask([{}]))[0])
  if (control.outcome !== 'accepted') {
    const words = `${usage}: the plainest right request was not accepted, so nothing else can be measured.`
    return { usage: { ...NOTHING, usage, control }, notes: [words] }
  }
  const life = await lifetime(ask)
  const longest = life.accepted ?? 60
  const nodes = facts.nodes.length === 0 ? [null] : facts.nodes
  const found: UsageFound = {
    usage,
    control,
    lifetime: life,
    edges: await edges(ask, nodes, longest, options.clocks),
    audiences: await audiences(ask, facts, controlAudience(usage, policy, facts)),
    algorithms: await algorithms(ask, by),
    types: options.readsHeaders ? await types(ask, usage) : [],
    identifiers: isRemembered(usage) ? await identifiers(ask) : null,
    memory: null,
    errors: [],
  }
  const remembered = isRemembered(usage) ? await memoryOf(ask, probing, found) : null
  const told = await errors(ask, usage)
  const after = trial('the control', (await ask([{}]))[0])
  return {
    usage: { ...found, memory: remembered, errors: told },
    notes:
      after.outcome === 'accepted'
        ? []
        : [
            `${usage}: the plainest right request was refused in the end: ${by.name} may be locked out.`,
          ],
  }
}

/** A bearer token is presented as often as its holder likes. */
function isRemembered(usage: Usage): boolean {
  return usage === 'client-authentication' || usage === 'authorization-grant'
}

/** What is waited for where the end of an assertion was never seen to matter. */
const NO_END_SECONDS = 60

function memoryOf(
  ask: Ask,
  { usage, by, options }: Probing,
  { edges: known }: UsageFound,
): Promise<MemoryFound> {
  const { facts, capacity, waits } = options
  const ends = known.filter(({ claim }) => claim === 'exp')
  const latest = Math.max(0, ...ends.map(({ edgeSeconds }) => edgeSeconds.high ?? NO_END_SECONDS))
  return memory(ask, {
    usage,
    most: capacity,
    leewaySeconds: waits ? latest : null,
    nodes: facts.nodes.length === 0 ? [null] : facts.nodes,
    another: anotherThan(facts, by),
  })
}

const NOTHING: Omit<UsageFound, 'usage' | 'control'> = {
  edges: [],
  lifetime: null,
  audiences: [],
  algorithms: [],
  types: [],
  identifiers: null,
  memory: null,
  errors: [],
}
