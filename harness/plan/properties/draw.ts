/** What fast-check draws for a property of assertions: one as it will be written, and towards what it shrinks. */
import fc from 'fast-check'
import type { Json, Usage } from '../../model/plan.ts'
import type { DrawnOption, Spoiling, Variation } from '../../model/property.ts'
import type { Varied } from './ways.ts'
import { FILLER, written, type Plain, type Spoiled, type Written } from './writing.ts'

/** Names that objects of many languages have already. */
const ODD_NAMES = ['__proto__', 'constructor', 'toString', '']

const LONGEST_NAME = 12

export function writtenLike(
  control: Plain,
  variations: readonly Varied[],
  spoilings: readonly Spoiling[],
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
    })
    .map((choices) => written(control, variations, choices))
}

/** The claims are moved and the filler is measured in a way of their own. */
function waysDrawn({ variation: { kind }, others }: Varied): fc.Arbitrary<number> {
  return kind === 'order' || kind === 'length' ? fc.constant(0) : fc.nat(others.length)
}

/** Shrinks to the first spoiling, and its options to their least. */
function spoiled(spoilings: readonly Spoiling[]): fc.Arbitrary<Spoiled | null> {
  return fc
    .tuple(fc.nat(spoilings.length - 1), fc.tuple(...spoilings.map(spoiledOf)))
    .map(([index, each]) => each[index] ?? null)
}

function spoiledOf({ defect, drawn = {}, claims = {} }: Spoiling): fc.Arbitrary<Spoiled> {
  const options = Object.fromEntries(
    Object.entries(drawn).map(([name, option]) => [name, optionOf(option)]),
  )
  return fc.record(options).map((values) => ({ defect: { ...defect, ...values }, claims }))
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
  const value = fc
    .jsonValue({ maxDepth: 2, depthSize: 'small', stringUnit: 'grapheme' })
    .map(jsonOf)
    .filter((each) => !hasMarker(each))
  return fc.uniqueArray(fc.tuple(name, value), { maxLength: count, selector: ([each]) => each })
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
