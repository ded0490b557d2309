/** What a record says under one profile, as a schema. */
import { z } from 'zod'
import type { ProfileView, Rate } from '../model/record.ts'

export const text = z.string()
export const count = z.int().min(0)
const sum = z.number().min(0)
const share = z.number().min(0).max(1)
export const ms = z.number()
const phase = z.enum(['steady', 'before', 'during', 'after', 'transition'])
const verdict = z.enum(['violates', 'breached', 'inconclusive', 'conforms'])
const metric = z.enum(['far', 'frr', 'unavailability', 'inconclusive', 'replay-acceptance'])
const frame = z.enum(['world', 'code'])
const unit = z.enum(['presentation', 'race', 'window', 'node-second'])

const over = z.object({
  units: count,
  eventsSquared: sum,
  eventsByTrials: sum,
  trialsSquared: sum,
})

const rate = z
  .object({
    metric,
    scenario: text,
    attack: text.nullable(),
    phase: phase.nullable(),
    node: text.nullable(),
    unit,
    frame,
    events: count,
    trials: count,
    low: share,
    high: share,
    lower95: share,
    upper95: share,
    coverage: share,
    owed: count.optional(),
    worst: count.optional(),
    over: over.optional(),
    effective: sum.optional(),
  })
  .refine(addsUp, { error: 'counts that can be of one sample' })
  .transform(completed)

type WrittenRate = Omit<Rate, 'owed' | 'worst' | 'over' | 'effective'> & {
  readonly [name in 'owed' | 'worst' | 'over' | 'effective']?: Rate[name] | undefined
}

function addsUp({ events, trials, owed = trials, over: sums }: WrittenRate): boolean {
  if (events > trials || trials > owed) return false
  if (sums === undefined || trials === 0) return true
  // At most one trial for each, and together no more than if all were in one.
  const { units, trialsSquared } = sums
  return units >= 1 && units <= trials && trialsSquared >= trials && trialsSquared <= trials ** 2
}

function completed(written: WrittenRate): Rate {
  const { events, trials, coverage } = written
  const owed = written.owed ?? (coverage > 0 ? Math.round(trials / coverage) : trials)
  return {
    ...written,
    owed,
    worst: written.worst ?? events + owed - trials,
    over: written.over ?? {
      units: trials,
      eventsSquared: events,
      eventsByTrials: events,
      trialsSquared: trials,
    },
    effective: written.effective ?? trials,
  }
}

export const check = z.object({
  id: text,
  usage: text,
  case: text,
  caseId: text,
  section: text,
  level: z.enum(['must', 'should', 'may', 'derived', 'stated', 'advisory']),
  verdict: z.enum(['pass', 'non-strict', 'fail', 'informational', 'unsupported', 'inconclusive']),
  because: text,
  asked: count,
  expected: text,
  seen: text,
  toRefuse: z.object({ decided: count, accepted: count }).exactOptional(),
})

const gate = z.object({
  metric: z.enum(['far', 'frr', 'unavailability']),
  attack: text.nullable(),
  phase: phase.nullable(),
  frame,
  below: share,
  sequential: z.object({ good: share, alpha: share, beta: share }).exactOptional(),
})

const derived = z.object({
  name: z.enum([
    'leeway-after-end',
    'leeway-before-start',
    'refused-by-skew',
    'replay-window',
    'memory-capacity',
    'new-key-after',
    'old-key-for',
    'revoked-token-for',
    'fetches-per-junk',
  ]),
  node: text.nullable(),
  endpoint: text.exactOptional(),
  unit: z.enum(['s', 'assertions', 'fetches', 'share']),
  low: z.number().nullable(),
  high: z.number().nullable(),
  of: count,
  points: z.array(z.object({ x: z.number(), events: count, trials: count })).exactOptional(),
})

const scenario = z.object({
  name: text,
  question: text,
  verdict: z.enum([...verdict.options, 'unsupported']),
  because: text,
  guards: z.array(
    z.object({
      name: text,
      needed: count,
      seen: count,
      everyShard: z.literal(true).exactOptional(),
    }),
  ),
  gates: z.array(
    z.object({ gate, answer: z.enum(['passed', 'failed', 'undecided']), because: text }),
  ),
  facts: z
    .object({
      judged: count,
      undecided: count,
      unclocked: count,
      unpromised: count.exactOptional(),
      intolerable: z.array(z.string()),
      ended: z.boolean(),
      violated: z.boolean(),
    })
    .nullable()
    .default(null),
  terms: z
    .object({
      means: z.object({ conforms: text, violates: text }),
      maxUndecided: share,
      classes: z.array(text.nullable()),
    })
    .nullable()
    .default(null),
  conclusion: z.json().exactOptional(),
  derived: z.array(derived).exactOptional(),
})

const witness = z.array(
  z.object({
    caseId: text,
    step: text,
    node: text.nullable(),
    begunMs: ms,
    answeredMs: ms.nullable(),
    sent: text,
    got: text,
  }),
)
const obligation = z.enum(['declared', 'profile', 'derived'])

const finding = z.object({
  id: text,
  severity: z.enum(['high', 'medium', 'low', 'info']),
  because: text,
  obligation,
  obliges: z.boolean(),
  times: count,
  witness,
  spec: z.array(text),
  cwe: text.nullable(),
  controls: z.array(text),
})

const recovery = z.object({
  runId: text.exactOptional(),
  scenario: text,
  fault: text,
  on: text,
  mendedMs: ms,
  watchedMs: ms,
  judged: count,
  windows: count,
  baseline: z.object({ events: count, trials: count, upper95: share }),
  came: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('below-one-window'), windowMs: ms }),
    z.object({ kind: z.literal('within'), fromMs: ms, toMs: ms }),
    z.object({ kind: z.literal('stuck') }),
    z.object({ kind: z.literal('unknown'), because: text }),
  ]),
})

const pairs = z.object({
  scenario: text,
  attack: text.nullable(),
  first: phase,
  second: phase,
  nodes: z.enum(['same', 'other']),
  accepted: count,
  refused: count,
  unavailable: count,
  undecided: count,
})

const failureMode = pairs.omit({ first: true, second: true }).extend({
  mode: z.enum(['fail-open', 'fail-closed', 'degraded', 'unclassified']),
  lower95: share,
  upper95: share,
})

const late = z.object({
  part: text,
  party: text,
  needsMs: ms,
  times: count,
  cell: z
    .object({
      metric,
      frame,
      scenario: text,
      attack: text.nullable(),
      phase: phase.nullable(),
      node: text.nullable(),
    })
    .nullable(),
  instead: z.enum(['other', 'unknown']).nullable(),
  conviction: z
    .object({
      finding: text,
      obliges: z.boolean(),
      obligation,
      scenario: text,
      check: text.nullable(),
      caseId: text,
      because: text,
      spec: z.array(text),
      witness,
    })
    .nullable(),
  nodes: z.enum(['same', 'several']).nullable(),
})

/** The members that the run's own profile and every further one have. */
export const view = {
  profile: text,
  verdict,
  checks: z.array(check),
  scenarios: z.array(scenario).default([]),
  rates: z.array(rate).default([]),
  findings: z.array(finding),
  recovery: z.array(recovery).default([]),
  failureModes: z.array(failureMode).default([]),
  pairs: z.array(pairs).default([]),
  late: z.array(late).default([]),
  leeways: z.array(z.object({ part: text, party: text, seenMs: ms })).default([]),
} satisfies { readonly [Member in keyof ProfileView]: z.ZodType<ProfileView[Member]> }
