/** What fast-check draws for a property of assertions: one as it will be written, and towards what it shrinks. */
import fc from 'fast-check'
import type { Json, Usage } from '../../model/plan.ts'
import type { DrawnOption, Oddity, Spoiling, Variation } from '../../model/property.ts'
import type { Varied } from './ways.ts'
import { FILLER, written, type Plain, type Spoiled, type Written } from './writing.ts'

/** Names that objects of many languages have already. */
const ODD_NAMES = ['__proto__', 'constructor', 'toString', '']

const LONGEST_NAME = 12

export function writtenLike(
  control: Plain,
  variations: readonly Varied[],
  { spoilings, oddities = [] }: Wrong,
): fc.Arbitrary<Written> {
  const taken = [FILLER, ...Object.keys(control.claims), ...variations.flatMap(claimOf)]
  const has = (kind: Variation['kind']): boolean =>
    variations.some(({ variation }) => variation.kind === kind)
  return fc
    .record({
      spoiled: spoilings.length === 0 ? fc.constant(null) : spoiled(spoilings),
      unknown: unknownClaims(most(variations, 'unknown-claims'), taken),
      picked: fc.tuple(...variations.map(waysDrawn)),
      params: unknownParameters(most(variations, 'unknown-parameters')),
      length: fc.nat(most(variations, 'length')),
      moves: has('order') ? fc.array(fc.nat(15), { maxLength: 8 }) : fc.constant([]),
      moved: has('parameter-order') ? fc.array(fc.nat(7), { maxLength: 4 }) : fc.constant([]),
      oddity: oddityOf(oddities),
    })
    .map((choices) => written(control, variations, choices))
}

/** What makes a right assertion or its request a wrong one. */
export interface Wrong {
  readonly spoilings: readonly Spoiling[]
  readonly oddities?: readonly Oddity[]
}

/** One request in so many is as it should be. */
const PLAIN_IN = 2

function oddityOf(oddities: readonly Oddity[]): fc.Arbitrary<Oddity | null> {
  if (oddities.length === 0) return fc.constant(null)
  return fc.option(fc.constantFrom(...oddities), { nil: null, freq: PLAIN_IN })
}

/** Claims and parameters are moved and the filler is measured in a way of their own. */
function waysDrawn({ variation: { kind }, others }: Varied): fc.Arbitrary<number> {
  return OTHERWISE_DRAWN.has(kind) ? fc.constant(0) : fc.nat(others.length)
}

const OTHERWISE_DRAWN: ReadonlySet<Variation['kind']> = new Set([
  'order',
  'length',
  'parameter-order',
])

/** The plainest spoiling is drawn this often for each other one. */
const PLAINEST = 3

/** Shrinks to the first spoiling, and its options to their least. */
function spoiled(spoilings: readonly Spoiling[]): fc.Arbitrary<Spoiled | null> {
  const weighted = spoilings.map((each, at) => ({
    arbitrary: spoiledOf(each),
    weight: at === 0 ? PLAINEST : 1,
  }))
  return fc.oneof({ withCrossShrink: true }, ...weighted)
}

function spoiledOf(spoiling: Spoiling): fc.Arbitrary<Spoiled> {
  const { defect, claims = {}, drawn = {}, drawnClaims = {}, drawnHeader = {} } = spoiling
  return fc
    .record({
      options: optionsOf(drawn),
      further: optionsOf(drawnClaims),
      header: optionsOf(drawnHeader),
    })
    .map(({ options, further, header }) => ({
      defect: { ...defect, ...options },
      claims: { ...claims, ...further },
      header,
    }))
}

function optionsOf(
  drawn: Readonly<Record<string, DrawnOption>>,
): fc.Arbitrary<Readonly<Record<string, Json>>> {
  return fc.record(
    Object.fromEntries(Object.entries(drawn).map(([name, option]) => [name, optionOf(option)])),
  )
}

/** What spoils an assertion of this usage. */
export function spoilingsFor(spoilings: readonly Spoiling[], usage: Usage): readonly Spoiling[] {
  return spoilings.filter(({ usages }) => usages?.includes(usage) ?? true)
}

function optionOf({ kind, least, most: greatest }: DrawnOption): fc.Arbitrary<Json> {
  switch (kind) {
    case 'integer':
      return fc.integer({ min: least, max: greatest })
    case 'octets':
      return fc
        .uint8Array({ minLength: least, maxLength: greatest })
        .map((octets) => Buffer.from(octets).toString('base64url'))
    case 'text':
      return fc.string({ unit: 'binary', minLength: least, maxLength: greatest })
    case 'json':
      return anyJson(greatest)
    case 'nested':
      // Left to itself it would draw mostly shallow ones.
      return fc.noBias(fc.integer({ min: least, max: greatest })).map(nested)
  }
}

function unknownClaims(
  count: number,
  taken: readonly string[],
): fc.Arbitrary<readonly (readonly [string, Json])[]> {
  const text = fc.string({ unit: 'grapheme', maxLength: LONGEST_NAME })
  const name = fc
    .oneof({ arbitrary: text, weight: 4 }, { arbitrary: fc.constantFrom(...ODD_NAMES), weight: 1 })
    .filter((each) => !isMarker(each) && !taken.includes(each))
  const value = anyJson(2)
  return fc.uniqueArray(fc.tuple(name, value), { maxLength: count, selector: ([each]) => each })
}

function anyJson(levels: number): fc.Arbitrary<Json> {
  return fc
    .jsonValue({ maxDepth: levels, depthSize: 'small', stringUnit: 'grapheme' })
    .map(jsonOf)
    .filter((each) => !hasMarker(each))
}

/** A list in a list, so many times. */
function nested(levels: number): Json {
  let value: Json = []
  for (let level = 1; level < levels; level++) value = [value]
  return value
}

/** Under names that no document gives a meaning to, and with any text as their value. */
function unknownParameters(count: number): fc.Arbitrary<Written['params']> {
  const name = fc.stringMatching(/^x_[a-z]{0,8}$/)
  const value = fc.string({ unit: 'grapheme', maxLength: LONGEST_NAME })
  return fc.uniqueArray(fc.tuple(name, value), { maxLength: count, selector: ([each]) => each })
}

/** What will be sent is JSON: it knows no negative zero, and neither must what is compared. */
function jsonOf(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value))
  return json
}

/** The markers of a template begin with this sign; a drawn member must never be one. */
function isMarker(name: string): boolean {
  return name.startsWith('$')
}

function hasMarker(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, each]) => isMarker(name) || hasMarker(each))
}

function claimOf({ variation }: Varied): readonly string[] {
  return variation.kind === 'claim' ? [variation.name] : []
}

function most(
  variations: readonly Varied[],
  kind: 'unknown-claims' | 'unknown-parameters' | 'length',
): number {
  return Math.max(
    0,
    ...variations.map(({ variation }) => (variation.kind === kind ? variation.most : 0)),
  )
}
