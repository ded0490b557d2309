/** Whether records are of one plan, so that their counts may be added. */
import { CupelError } from '../errors.ts'
import type { RunRecord } from '../model/record.ts'

/** A record, and where it is from, for whoever must find the odd one out. */
export interface Part {
  readonly name: string
  readonly record: RunRecord
}

/** What every part must have in common, and what to do when it has not. */
const COMMON: readonly {
  readonly what: string
  readonly of: (record: RunRecord) => unknown
  readonly hint: string
}[] = [
  {
    what: 'version of Cupel',
    of: ({ tool }) => tool.version,
    hint: 'Judge every history again with one version: `cupel judge FOLDER --json > record.json`.',
  },
  {
    what: 'target',
    of: ({ target }) => target,
    hint: 'Shards are of one run: start each with the same target.',
  },
  {
    what: 'profiles',
    of: ({ profile, profiles }) => [profile, ...profiles.map((each) => each.profile)],
    hint: 'Judge the histories under the same profiles, in the same order.',
  },
  { what: 'seed', of: ({ seed }) => seed, hint: 'Start every shard with the same --seed.' },
  {
    what: 'plan',
    of: ({ plan }) => [plan?.digest.slice(0, 12), plan?.repeat, plan?.shard?.of ?? 1],
    hint: 'Start every shard with the same options, but for --shard itself.',
  },
  {
    what: 'expected failures',
    of: ({ expectations }) => expectations?.map(({ entry }) => entry),
    hint: 'What is expected of one shard is expected of all: give each the same --expected-failures.',
  },
  {
    what: 'skips',
    of: ({ skipped }) => skipped,
    hint: 'Start every shard with the same --skip.',
  },
]

/**
 * Refuses parts that are not pieces of one plan, or of which two count the same presentation.
 *
 * @throws {CupelError} ERR_RECORD_INCOMPLETE, ERR_RECORDS_APART or ERR_RECORDS_OVERLAP
 */
export function belongTogether(parts: readonly Part[]): void {
  for (const part of parts) mergeable(part)
  overlapping(parts)
  const [first, ...others] = parts
  for (const other of others) {
    for (const { what, of, hint } of COMMON) {
      if (first === undefined || same(of(first.record), of(other.record))) continue
      const { path, one, two } = difference(of(first.record), of(other.record), what)
      throw new CupelError(
        'ERR_RECORDS_APART',
        `${first.name} and ${other.name} do not belong together: they differ in ${path} (${told(one)}, ${told(two)})`,
        { hint },
      )
    }
  }
  shards(parts)
}

function mergeable({ name, record }: Part): void {
  if (!record.complete) {
    const why = record.interrupted ?? 'its history has no end'
    throw new CupelError('ERR_RECORD_INCOMPLETE', `${name} is of a run that did not end: ${why}`, {
      hint: 'Run that shard again.',
    })
  }
  const { plan, scenarios } = record
  if (plan !== null && scenarios.every(({ facts, terms }) => facts !== null && terms !== null))
    return
  throw new CupelError('ERR_RECORDS_APART', `${name} does not say what it was a piece of`, {
    hint: 'It was written by an older version, which could not cut its work. Run it again.',
  })
}

function overlapping(parts: readonly Part[]): void {
  const owners = new Map<string, string>()
  for (const { name, record } of parts) {
    for (const key of new Set([...record.runIds, ...record.keys.others])) {
      const owner = owners.get(key)
      if (owner !== undefined) {
        throw new CupelError(
          'ERR_RECORDS_OVERLAP',
          record.runIds.includes(key)
            ? `${owner} and ${name} are of the same run (${key}): every presentation in it would count twice`
            : `${owner} and ${name} presented credentials with the same replay key: what became of the one is no evidence about the other`,
          { hint: 'Give each record once, and run each shard with a run id of its own.' },
        )
      }
      owners.set(key, name)
    }
  }
}

/** Each piece once. Which are missing is told elsewhere. */
function shards(parts: readonly Part[]): void {
  const owners = new Map<string, string>()
  for (const { name, record } of parts) {
    const shard = shardText(record)
    const owner = owners.get(shard)
    if (owner !== undefined) {
      throw new CupelError('ERR_RECORDS_APART', `${owner} and ${name} are both ${shard}`, {
        hint: 'For more of the same, use --repeat: one seed sends the same assertions again.',
      })
    }
    owners.set(shard, name)
  }
}

function shardText({ plan }: RunRecord): string {
  const shard = plan?.shard ?? null
  return shard === null ? 'of the whole plan' : `shard ${shard.index}/${shard.of}`
}

/** The pieces of the plan that no part is of, such as `3/4`. */
export function missing(parts: readonly Part[]): readonly string[] {
  const shard = parts[0]?.record.plan?.shard ?? null
  if (shard === null) return []
  const there = new Set(parts.map(({ record }) => record.plan?.shard?.index))
  return Array.from({ length: shard.of }, (_, index) => index + 1)
    .filter((index) => !there.has(index))
    .map((index) => `${index}/${shard.of}`)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Where two values that differ first do, as far down as both have members of the same names. */
function difference(
  one: unknown,
  two: unknown,
  path: string,
): { readonly path: string; readonly one: unknown; readonly two: unknown } {
  if (hasMembers(one) && hasMembers(two)) {
    const name = Object.keys({ ...one, ...two }).find((each) => !same(one[each], two[each]))
    if (name !== undefined) return difference(one[name], two[name], `${path}.${name}`)
  }
  return { path, one, two }
}

function hasMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function told(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
