/** Records as files: what a run, a judgement or a merge wrote, read back to be compared or merged. */
import { z } from 'zod'
import { CupelError } from '../errors.ts'
import { isObject } from '../json.ts'
import type { Json } from '../model/plan.ts'
import type { RunRecord } from '../model/record.ts'
import { pathText, problemsOf } from './problems.ts'
import { check, count, ms, text, view } from './record-view.ts'

const FORMAT = 1

/** Of an edited file it is enough to hear of the first few problems. */
const MOST_PROBLEMS = 5

/** What `schema/record.schema.json` holds: records as they are written. */
export function recordJsonSchema(): object {
  return z.toJSONSchema(recordSchema, { io: 'input' })
}

/**
 * Reads a record. Members that older versions did not write get what can be said in their place: each trial of a rate
 * counts by itself, and what no reader could know is null or empty.
 *
 * @param name For messages.
 * @throws {CupelError} ERR_RECORD_UNREADABLE, or ERR_RECORD_FORMAT for one of a newer version.
 */
export function parseRecord(source: string, name: string): RunRecord {
  const value = jsonOf(source, name)
  const format = isObject(value) ? value['format'] : undefined
  if (typeof format === 'number' && format > FORMAT) {
    throw new CupelError(
      'ERR_RECORD_FORMAT',
      `${name} is a record of format ${format}; this version reads format ${FORMAT}`,
      { hint: 'Read it with the version that wrote it, or a newer one.' },
    )
  }
  const problems = problemsOf(recordSchema, value)
  if (problems.length === 0) return recordSchema.parse(value)
  const lines = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, expected }) => `${pathText(path) || 'it'}: expected ${expected}`)
  throw unreadable(`${name} is no record: ${lines.join('; ')}`)
}

function jsonOf(source: string, name: string): Json {
  try {
    const value: Json = JSON.parse(source)
    return value
  } catch (cause) {
    throw unreadable(`${name} is no record: expected JSON`, cause)
  }
}

function unreadable(message: string, cause?: unknown): CupelError {
  return new CupelError('ERR_RECORD_UNREADABLE', message, {
    cause,
    hint: 'Give the record.json that a run wrote, or the folder it is in.',
  })
}

const change = z.object({
  caseId: text,
  id: text,
  usage: text,
  case: text,
  change: z.enum(['conforms -> violates', 'violates -> conforms', 'not asked']),
  from: check.shape.verdict,
  to: check.shape.verdict.nullable(),
})

const numbers = z.array(z.number())

const series = z.object({
  runId: text.exactOptional(),
  scenario: text,
  node: text.nullable(),
  startMs: ms,
  stepMs: ms,
  owedAccept: numbers,
  falseReject: numbers,
  owedReject: numbers,
  falseAccept: numbers,
  unavailable: numbers,
  undecided: numbers,
})

const stage = z.enum(['inflicting', 'confirmed', 'unconfirmed', 'mending', 'mended', 'unmended'])

const fault = z.object({
  runId: text.exactOptional(),
  scenario: text.default(''),
  name: text,
  on: text,
  rung: text,
  forgets: z.enum(['nothing', 'node', 'shared']),
  stages: z.partialRecord(stage, ms),
})

const expectation = z.object({
  entry: z.object({
    id: text,
    variant: text.exactOptional(),
    reason: text,
    issue: text.exactOptional(),
    expires: text.exactOptional(),
  }),
  state: z.enum(['failed', 'stale', 'expired', 'undecided']),
})

const recordSchema = z
  .object({
    format: z.literal(FORMAT),
    tool: z.object({ name: z.literal('cupel'), version: text, node: text }),
    seed: text,
    runId: text,
    runIds: z.array(text).min(1).optional(),
    plan: z
      .object({
        digest: text,
        repeat: z.int().min(1),
        shard: z.object({ index: z.int().min(1), of: z.int().min(1) }).nullable(),
      })
      .nullable()
      .default(null),
    startedAt: text,
    endedAt: text,
    target: z.object({
      name: text,
      called: text.exactOptional(),
      kind: z.enum(['token-endpoint', 'verifier']),
      nodes: count,
      declares: z.json(),
    }),
    exitCode: count,
    expectations: z.array(expectation).exactOptional(),
    skipped: z.array(z.object({ id: text, reason: text })).exactOptional(),
    interrupted: text.nullable(),
    ...view,
    keys: z.object({ ofRun: count, others: z.array(text) }).default({ ofRun: 0, others: [] }),
    profiles: z.array(z.object({ ...view, changes: z.array(change) })),
    series: z.array(series).default([]),
    faults: z.array(fault),
    latency: z.array(
      z.object({
        scenario: text,
        from: z.enum(['due', 'begun']),
        hdr: text,
        p50Ms: ms,
        p99Ms: ms,
        maxMs: ms,
        curve: z.array(z.object({ percentile: z.number(), ms })).exactOptional(),
      }),
    ),
    generator: z
      .object({
        sent: count,
        timed: count.optional(),
        dueToSentMs: z.object({ p50: ms, p99: ms, max: ms }),
        dueToSentHdr: text.default(''),
        dueToSentIn: z
          .array(z.object({ scenario: text, hdr: text, p50Ms: ms, p99Ms: ms, maxMs: ms }))
          .default([]),
        dropped: count,
        eventLoopDelayMs: z.object({ p99: ms }),
        starvedShare: z.number().min(0).max(1).default(0),
        busyShare: z.number().min(0).max(1).default(0),
        cores: z.number().min(0).default(0),
        mintingBacklog: z.number().min(0).default(0),
        staleConnections: count,
      })
      .transform(({ timed, ...generator }) => ({ ...generator, timed: timed ?? generator.sent })),
    notes: z.array(text),
    complete: z.boolean(),
  })
  .transform(({ runIds, ...record }) => ({
    ...record,
    runIds: runIds ?? [record.runId],
  })) satisfies z.ZodType<RunRecord>
