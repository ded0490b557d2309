/** Scenarios as files: YAML, or what a TypeScript module exported; one schema for both. */
import { z } from 'zod'
import { FINDINGS } from '../findings.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Environment } from './document.ts'
import { unknownFaults, type KnownFaults } from './known-faults.ts'
import type { Problem } from './problems.ts'
import { readText, readValue, type Format } from './read.ts'
import { arrivals, even, poisson, ramp, rate, staircase } from './scenario-arrivals.ts'
import { at } from './schema-walk.ts'

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
  counts: z.enum(['pairs', 'races', 'owed-accepts', 'determinate']),
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
  meaning: (value) => [
    ...sameName(value),
    ...unknownStream(value),
    ...ofOneUsage(value),
    ...neverInForce(value),
    ...sharesOfNothing(value),
    ...climbing(value),
    ...neverGenuine(value),
    ...unknownFinding(value),
    ...unknownClass(value),
    ...notBetter(value),
  ],
  hint: 'docs/scenarios.md explains every key.',
}

function sameName(value: unknown): readonly Problem[] {
  const names = namesOf(value)
  return names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [problem(['streams', index, 'name'], 'a name that no other stream has')]
      : [],
  )
}

function unknownStream(value: unknown): readonly Problem[] {
  const names = namesOf(value)
  return indices(value, 'guards').flatMap((index) => {
    const path = ['guards', index, 'stream']
    const name = at(value, path)
    const known = typeof name !== 'string' || names.includes(name)
    return known ? [] : [problem(path, `the name of a stream (${names.join(', ')})`)]
  })
}

function ofOneUsage(value: unknown): readonly Problem[] {
  return indices(value, 'streams').flatMap((index) => {
    const member = (name: string): unknown => at(value, ['streams', index, name])
    const wrong = (name: string, expected: string) => problem(['streams', index, name], expected)
    const [usage, release = 'in-turn'] = [member('usage'), member('release')]
    const isClients = usage === 'client-authentication'
    const [several, tried] = [member('endpoints') !== undefined, member('tries') !== undefined]
    return [
      // Other endpoints ask who their client is, and take no other credential of ours.
      ...(several && !isClients
        ? [wrong('usage', 'client-authentication, for it goes to several endpoints')]
        : []),
      // A trial comes between the copies of one arrival, and is asked by the client itself.
      ...(tried && !isClients
        ? [wrong('usage', 'client-authentication, for its tokens are tried')]
        : []),
      ...(tried && release !== 'in-turn'
        ? [wrong('release', 'in-turn, for its tokens are tried')]
        : []),
    ]
  })
}

function neverInForce(value: unknown): readonly Problem[] {
  const windows = [
    ...indices(value, 'faults').map((index) => ['faults', index]),
    ...indices(value, 'streams').map((index) => ['streams', index, 'arrivals']),
    ['mix'],
  ]
  return windows.flatMap((path) => {
    const [start, end] = [at(value, [...path, 'startSeconds']), at(value, [...path, 'endSeconds'])]
    if (typeof start !== 'number' || typeof end !== 'number' || start < end) return []
    return [problem([...path, 'endSeconds'], `a number of more than startSeconds (${start})`)]
  })
}

/** Shares need a whole, and make no more of it than it is. */
function sharesOfNothing(value: unknown): readonly Problem[] {
  const shares = indices(value, 'streams').filter(
    (index) => at(value, ['streams', index, 'arrivals', 'kind']) === 'share',
  )
  const [first] = shares
  if (first === undefined) return []
  if (at(value, ['mix']) === undefined)
    return [problem(['streams', first, 'arrivals'], 'a mix, for it is a share of one')]
  const sum = shares.reduce((all, index) => {
    const of = at(value, ['streams', index, 'arrivals', 'of'])
    return all + (typeof of === 'number' ? of : 0)
  }, 0)
  return sum > 1 + 1e-9 ? [problem(['mix'], `shares of 1 in all, not of ${sum}`)] : []
}

/** What climbs is a mix, step by step, with nothing broken meanwhile. */
function climbing(value: unknown): readonly Problem[] {
  const times = at(value, ['climb', 'times'])
  if (!Array.isArray(times)) return []
  const falls = times.findIndex((each, index) => index > 0 && each <= times[index - 1])
  return [
    ...(at(value, ['mix']) === undefined ? [problem(['climb'], 'a mix that climbs')] : []),
    ...(indices(value, 'faults').length > 0 ? [problem(['faults'], 'none, for it climbs')] : []),
    ...(falls < 0 ? [] : [problem(['climb', 'times', falls], `more than ${times[falls - 1]}`)]),
  ]
}

/** A first copy of its own, and no genuine one after it. */
function neverGenuine(value: unknown): readonly Problem[] {
  return indices(value, 'streams').flatMap((index) => {
    const [first, copies] = [
      at(value, ['streams', index, 'first']),
      at(value, ['streams', index, 'copies']),
    ]
    const alone = first !== undefined && (copies === undefined || copies === 1)
    return alone
      ? [problem(['streams', index, 'copies'], 'at least 2, for first is one of them')]
      : []
  })
}

function unknownFinding(value: unknown): readonly Problem[] {
  const paths = indices(value, 'streams').flatMap((index) =>
    ['finding', 'findingAmidFault'].map((member) => ['streams', index, member]),
  )
  return paths.flatMap((path) => {
    const name = at(value, path)
    const known = typeof name !== 'string' || FINDINGS.has(name)
    return known ? [] : [problem(path, 'a finding of the catalogue, by its id')]
  })
}

function unknownClass(value: unknown): readonly Problem[] {
  const classes = indices(value, 'streams').map((index) => at(value, ['streams', index, 'attack']))
  return indices(value, 'gates').flatMap((index) => {
    const path = ['gates', index, 'attack']
    const name = at(value, path)
    const known = typeof name !== 'string' || classes.includes(name)
    const names = classes.filter((each) => typeof each === 'string')
    return known ? [] : [problem(path, `the attack of a stream (${names.join(', ')})`)]
  })
}

/** A test between two rates needs one that is better than the limit. */
function notBetter(value: unknown): readonly Problem[] {
  return indices(value, 'gates').flatMap((index) => {
    const path = ['gates', index, 'sequential', 'good']
    const [good, below] = [at(value, path), at(value, ['gates', index, 'below'])]
    if (typeof good !== 'number' || typeof below !== 'number' || good < below) return []
    return [problem(path, `a rate below the limit (${below})`)]
  })
}

function namesOf(value: unknown): readonly unknown[] {
  return indices(value, 'streams').map((index) => at(value, ['streams', index, 'name']))
}

function indices(value: unknown, list: string): readonly number[] {
  const items = at(value, [list])
  return Array.isArray(items) ? [...items.keys()] : []
}

function problem(path: Problem['path'], expected: string): Problem {
  return { path, onKey: false, expected, found: null }
}
