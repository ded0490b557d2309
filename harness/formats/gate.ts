/** A gate in one line, as on the command line: `far < 1e-3`, `far[replay]@during < 0.1 %`, `code frr < 5 %`. */
import { distance } from 'fastest-levenshtein'
import { CupelError } from '../errors.ts'
import type { Gate } from '../model/scenario.ts'

const FRAMES = ['world', 'code'] as const
const METRICS = ['far', 'frr', 'unavailability'] as const
const PHASES = ['steady', 'before', 'during', 'after'] as const

/**
 * Reads `[frame] metric [ "[" class "]" ] [ "@" phase ] "<" limit`, where spaces may stand between any two of them. The
 * frame is `world` unless it says `code`; the limit is a share, or one in percent.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID with what was expected where, and what stands there.
 */
export function parseGate(text: string): Gate {
  const reading = { text, at: 0 }
  const frame = take(reading, wordOf(FRAMES)) ?? 'world'
  const metric = expect(reading, wordOf(METRICS), `a rate (${METRICS.join(', ')})`, METRICS)
  const attack = take(reading, '[') === null ? null : classIn(reading)
  const phase =
    take(reading, '@') === null
      ? null
      : expect(reading, wordOf(PHASES), `a phase (${PHASES.join(', ')})`, PHASES)
  const after = phase !== null ? '' : attack !== null ? '@phase or ' : '[class], @phase or '
  expect(reading, '<', `${after}<`)
  const below = limitIn(reading)
  expect(reading, /$/y, 'nothing after the limit')
  return {
    metric: named(METRICS, metric),
    attack,
    phase: phase === null ? null : named(PHASES, phase),
    frame: named(FRAMES, frame),
    below,
  }
}

interface Reading {
  readonly text: string
  at: number
}

/** The pattern or sign at the place where reading is, which it then is behind; null where something else stands. */
function take(reading: Reading, wanted: RegExp | string): string | null {
  const { text } = reading
  const place = skipped(reading)
  if (typeof wanted === 'string') {
    if (!text.startsWith(wanted, place)) return null
    reading.at = place + wanted.length
    return wanted
  }
  wanted.lastIndex = place
  const found = wanted.exec(text)?.[0] ?? null
  if (found !== null) reading.at = place + found.length
  return found
}

/** @param known What it might have been meant to be. */
function expect(
  reading: Reading,
  wanted: RegExp | string,
  expected: string,
  known: readonly string[] = [],
): string {
  const found = take(reading, wanted)
  if (found !== null) return found
  throw wrong(reading, expected, known)
}

function classIn(reading: Reading): string {
  const name = expect(reading, /[^\s\][]+/y, 'the name of an attack class')
  expect(reading, ']', ']')
  return name
}

function limitIn(reading: Reading): number {
  const from = skipped(reading)
  const expected = 'a limit above 0 and below 1, such as 1e-3 or 0.1 %'
  const digits = expect(reading, /\d*\.?\d+(e[+-]?\d+)?/iy, expected)
  const share = take(reading, '%') === null ? Number(digits) : Number(digits) / 100
  if (share > 0 && share < 1) return share
  throw wrong({ ...reading, at: from }, expected, [])
}

function wrong(reading: Reading, expected: string, known: readonly string[]): CupelError {
  const { text } = reading
  const place = skipped(reading)
  const [found = ''] = /^[\w-]+|^\S?/.exec(text.slice(place)) ?? []
  const near = known.toSorted((a, b) => distance(a, found) - distance(b, found))[0]
  const meant = near !== undefined && distance(near, found) <= 2 ? ` Did you mean ${near}?` : ''
  return new CupelError(
    'ERR_CONFIG_INVALID',
    `gate ${JSON.stringify(text)}: expected ${expected} at column ${place + 1}, found ${found === '' ? 'nothing' : JSON.stringify(found)}`,
    {
      hint: `Write it like 'far < 1e-3', 'far[replay]@during < 5 %' or 'code frr < 1 %'.${meant}`,
    },
  )
}

function skipped({ text, at }: Reading): number {
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
}

/** A whole word, and none that only begins like one. */
function wordOf(words: readonly string[]): RegExp {
  return new RegExp(`(${words.join('|')})(?![\\w-])`, 'y')
}

function named<Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((each) => each === text)
  if (found === undefined) throw new RangeError(text)
  return found
}
