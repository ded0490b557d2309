/** Scenarios as files: YAML, or what a TypeScript module exported; one schema for both. */
import { z } from 'zod'
import type { Scenario } from '../model/scenario.ts'
import type { Environment } from './document.ts'
import { unknownFaults, type KnownFaults } from './known-faults.ts'
import { readText, readValue, type Format } from './read.ts'
import { arrivals, even, poisson, ramp, rate, staircase } from './scenario-arrivals.ts'
import { scenarioMeaning } from './scenario-meaning.ts'

/**
 * Reads a scenario from YAML.
 *
 * @param faults The names of those that there are.
 * @throws {CupelError} ERR_CONFIG_INVALID with every problem, each with its line.
 */
export function parseScenario(
  text: string,
  file: string,
  env: Environment = process.env,
  faults?: KnownFaults,
): Scenario {
  return readText(text, file, knowing(faults), env)
}

/** The JSON Schema of scenario files, for editors (`schema/scenario.schema.json`). */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: 'input' })
}

/**
 * Checks what a scenario's module exported.
 *
 * @param faults The names of those that there are.
 * @throws {CupelError} ERR_CONFIG_INVALID with every problem, each with its path.
 */
export function checkScenario(value: unknown, file: string, faults?: KnownFaults): Scenario {
  return readValue(value, file, knowing(faults))
}

function knowing(faults: KnownFaults): Format<Scenario> {
  return {
    ...FORMAT,
    meaning: (value) => [...FORMAT.meaning(value), ...unknownFaults(value, ['faults'], faults)],
  }
}

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, { error: 'a name of a-z, 0-9 and -' })
const text = z.string().min(1)
const seconds = z.number().min(0)
const count = z.int().min(1)
const phase = z.enum(['steady', 'before', 'during', 'after', 'transition'])
const options = z.record(z.string(), z.json())

const change = z.strictObject({
  set: options.exactOptional(),
  drop: z.array(text).exactOptional(),
  header: options.exactOptional(),
  key: z.enum(['idle', 'weak', 'next']).exactOptional(),
  signedBy: z.literal('another-registered-party').exactOptional(),
  algorithm: text.exactOptional(),
  defect: z.object({ kind: text }).catchall(z.json()).nullable().default(null),
})

const stream = z.strictObject({
  name: slug,
  attack: text.nullable().default(null),
  usage: z.enum(['client-authentication', 'authorization-grant', 'bearer-token', 'dpop-proof']),
  by: z.enum(['honest', 'hostile', 'pressure', 'rotating']),
  arrivals,
  copies: count.default(1),
  release: z.enum(['together', 'in-turn', 'in-rounds']).default('in-turn'),
  gapSeconds: seconds.default(0),
  nodes: z
    .union([
      z.enum(['rotate', 'first-then-others', 'spread']),
      z.strictObject({ first: text, then: text }),
    ])
    .default('rotate'),
  endpoints: z.literal('first-then-others').exactOptional(),
  tries: z.literal(true).exactOptional(),
  revokes: z.strictObject({ tries: count.max(1000), everySeconds: seconds }).exactOptional(),
  lifetimeSeconds: z.number().positive(),
  change: change.exactOptional(),
  first: change.exactOptional(),
  finding: text.exactOptional(),
  findingAmidFault: text.exactOptional(),
  keyState: z.strictObject({ is: z.enum(['added', 'removed']), by: text }).exactOptional(),
})

const faultWindow = z.strictObject({
  fault: text,
  on: text,
  startSeconds: seconds,
  endSeconds: seconds,
  options: options.exactOptional(),
})

const guard = z.strictObject({
  name: text,
  counts: z.enum(['pairs', 'races', 'owed-accepts', 'determinate', 'revocations']),
  stream: text.exactOptional(),
  first: phase.exactOptional(),
  second: phase.exactOptional(),
  nodes: z.enum(['same', 'other']).exactOptional(),
  needed: count,
})

const gate = z.strictObject({
  metric: z.enum(['far', 'frr', 'unavailability']),
  attack: text.nullable().default(null),
  phase: phase.nullable().default(null),
  frame: z.enum(['world', 'code']).default('world'),
  below: z.number().positive().max(1),
  sequential: z
    .strictObject({
      good: z.number().positive(),
      alpha: z.number().positive().max(0.5),
      beta: z.number().positive().max(0.5),
    })
    .exactOptional(),
})

const scenarioSchema = z.strictObject({
  name: slug,
  question: text,
  means: z.strictObject({ conforms: text, violates: text }),
  needs: z.array(text).default([]),
  nodes: count.default(1),
  mix: z.discriminatedUnion('kind', [even, poisson, ramp, staircase]).exactOptional(),
  streams: z.array(stream).min(1),
  faults: z.array(faultWindow).default([]),
  // Without a guard nothing need have happened, and a scenario in which nothing happened would pass.
  guards: z.array(guard).min(1),
  gates: z.array(gate).default([]),
  climb: z
    .strictObject({
      times: z.array(rate).min(1),
      unavailable: z.number().min(0).max(1).default(0.01),
      slowMs: z.number().positive().exactOptional(),
    })
    .exactOptional(),
  onDemand: z.literal(true).exactOptional(),
  tolerates: z
    .strictObject({
      dueToBegunP99Ms: z.number().positive().exactOptional(),
      dropped: z.int().min(0).exactOptional(),
    })
    .exactOptional(),
  maxUndecided: z.number().min(0).max(1).default(0.05),
  options: options.exactOptional(),
}) satisfies z.ZodType<Scenario>

const FORMAT: Format<Scenario> = {
  schema: scenarioSchema,
  meaning: scenarioMeaning,
  hint: 'docs/scenarios.md explains every key.',
}
