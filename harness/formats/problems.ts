/** What is wrong with a value, in words that name what was expected. Where it stands in a file is document.ts's matter. */
import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { at, knownKeys } from './schema-walk.ts'

export type Path = readonly PropertyKey[]

export interface Problem {
  /** What it is about; where `onKey`, the key at the end itself and not its value. */
  readonly path: Path
  readonly onKey: boolean
  readonly expected: string
  /** In words; null for whatever stands there. */
  readonly found: string | null
}

/** About a value. */
export function problem(path: Path, expected: string, found: string | null = null): Problem {
  return { path, onKey: false, expected, found }
}

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

/** All that the schema finds wrong. A misspelt key is not reported as a missing one too. */
export function problemsOf(schema: z.ZodType, value: unknown): readonly Problem[] {
  const result = schema.safeParse(value)
  if (result.success) return []
  const { issues } = result.error
  const unknown = issues.flatMap((issue) => unknownKeys(issue, schema, value))
  const meant = new Set(unknown.map(({ instead }) => instead))
  const others = issues.filter(
    ({ code, path }) => code !== 'unrecognized_keys' && !meant.has(pathText(path)),
  )
  return [...unknown.map(({ found }) => found), ...others.map((issue) => problemOf(issue))]
}

/** A path as a reader would write it, such as `clients[0].key`. */
export function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./u, '')
}

interface UnknownKey {
  readonly found: Problem
  /** The path that was probably meant, as text; null if nothing known is near. */
  readonly instead: string | null
}

function unknownKeys(issue: Issue, schema: z.ZodType, value: unknown): readonly UnknownKey[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, value, issue.path)
    return issue.keys.map((key) => unknownKey(issue.path, key, known))
  }
  if (issue.code !== 'invalid_union' || issue.discriminator === undefined) return []
  // Without its discriminator a map's other keys cannot be told right from wrong, but a misspelt one can be found.
  const { discriminator } = issue
  const around = issue.path.slice(0, -1)
  const map = at(value, around)
  if (typeof map !== 'object' || map === null || discriminator in map) return []
  return Object.keys(map)
    .filter((key) => nearest(key, [discriminator]) !== null)
    .map((key) => unknownKey(around, key, [discriminator]))
}

function unknownKey(path: Path, key: string, known: readonly string[]): UnknownKey {
  const near = nearest(key, known)
  const expected =
    near === null
      ? `one of the keys ${known.join(', ')}`
      : `a known key, of which "${near}" is the nearest`
  return {
    found: { path: [...path, key], onKey: true, expected, found: `"${key}"` },
    instead: near === null ? null : pathText([...path, near]),
  }
}

/** The known name that differs in so few letters that it was probably meant. */
function nearest(name: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.ceil(name.length / 3))
  const [best] = known
    .map((each) => ({ each, apart: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ apart }) => apart <= limit)
    .toSorted((one, other) => one.apart - other.apart)
  return best?.each ?? null
}

function problemOf(issue: Issue): Problem {
  const onKey = issue.code === 'invalid_key'
  return {
    path: issue.path,
    onKey,
    expected: expectation(issue),
    found: onKey ? `"${String(issue.path.at(-1))}"` : null,
  }
}

/** Schemas word formats and rules of their own by `error`, as what is expected. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kind(issue.expected)
    case 'invalid_value':
      return oneOf(issue.values)
    case 'too_small':
      return bound(issue.origin, least(issue), Number(issue.minimum))
    case 'too_big':
      return bound(issue.origin, most(issue), Number(issue.maximum))
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join(', ')
    case 'invalid_union':
      return oneOf(optionsOf(issue))
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom':
      return issue.message
  }
}

function kind(expected: string): string {
  return KINDS[expected] ?? expected
}

function least({ inclusive }: { readonly inclusive?: boolean }): string {
  return inclusive === false ? 'more than' : 'at least'
}

function most({ inclusive }: { readonly inclusive?: boolean }): string {
  return inclusive === false ? 'less than' : 'at most'
}

/** The tags that a discriminated union knows; zod gives them, but does not declare them. */
function optionsOf(issue: Issue): readonly unknown[] {
  const options = at(issue, ['options'])
  return Array.isArray(options) ? options : []
}

function oneOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value))
  return texts.length === 1 ? (texts[0] ?? '') : `one of ${texts.join(', ')}`
}

function bound(origin: string, how: string, limit: number): string {
  if (origin === 'string')
    return limit === 1 && how === 'at least'
      ? 'a text that is not empty'
      : `a text of ${how} ${limit} characters`
  if (origin === 'array') return `a list of ${how} ${limit}`
  return `a number of ${how} ${limit}`
}
