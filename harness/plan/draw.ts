/** What fast-check draws for a property: one assertion as it will be written, and towards what it shrinks. */
import fc from 'fast-check'
import type { Defect, Json } from '../model/plan.ts'
import type { DrawnOption, Spoiling, Variation } from '../model/property.ts'
import type { Claims } from './control.ts'

/** One drawn assertion, all but its jti. The order of the claims is part of it. */
export type Written = {
  readonly defect: Defect | null
  readonly header: Claims
  readonly claims: Claims
  readonly indent: string
}

/** The control that cases are variations of. */
export type Plain = Pick<Written, 'header' | 'claims'>

/** Names that objects of many languages have already. */
const ODD_NAMES = ['__proto__', 'constructor', 'toString', '']

const LONGEST_NAME = 12

/** Numbers and lists that say how a case differs from the control: all of them zero or empty for the control itself. */
interface Choices {
  readonly spoiled: Defect | null
  readonly unknown: readonly (readonly [name: string, value: Json])[]
  /** By variation, which of its values: 0 for the control's own. */
  readonly picked: readonly number[]
  readonly moves: readonly number[]
}

/** @param variations Those that make no difference to the party and usage in question. */
export function writtenLike(
  control: Plain,
  variations: readonly Variation[],
  spoilings: readonly Spoiling[],
): fc.Arbitrary<Written> {
  const taken = [...Object.keys(control.claims), ...variations.flatMap(claimOf)]
  return fc
    .record({
      spoiled: spoilings.length === 0 ? fc.constant(null) : spoiled(spoilings),
      unknown: unknownClaims(mostUnknown(variations), taken),
      picked: fc.tuple(...variations.map((each) => fc.nat(others(each).length))),
      moves: variations.some(({ kind }) => kind === 'order')
        ? fc.array(fc.nat(15), { maxLength: 8 })
        : fc.constant([]),
    })
    .map((choices) => written(control, variations, choices))
}

/** Shrinks to the first spoiling, and its options to their least. */
function spoiled(spoilings: readonly Spoiling[]): fc.Arbitrary<Defect> {
  return fc
    .tuple(fc.nat(spoilings.length - 1), fc.tuple(...spoilings.map(defectOf)))
    .map(([index, defects]) => defects[index] ?? { kind: 'signature-empty' })
}

function defectOf({ defect, drawn = {} }: Spoiling): fc.Arbitrary<Defect> {
  const options = Object.fromEntries(
    Object.entries(drawn).map(([name, option]) => [name, optionOf(option)]),
  )
  return fc.record(options).map((values) => ({ ...defect, ...values }))
}

function optionOf({ kind, least, most }: DrawnOption): fc.Arbitrary<Json> {
  switch (kind) {
    case 'integer':
      return fc.integer({ min: least, max: most })
    case 'octets':
      return fc
        .uint8Array({ minLength: least, maxLength: most })
        .map((octets) => Buffer.from(octets).toString('base64url'))
  }
}

function unknownClaims(
  most: number,
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
  return fc.uniqueArray(fc.tuple(name, value), { maxLength: most, selector: ([each]) => each })
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

function written(
  control: Plain,
  variations: readonly Variation[],
  { spoiled: defect, unknown, picked, moves }: Choices,
): Written {
  const header = new Map(Object.entries(control.header))
  const claims = new Map([...Object.entries(control.claims), ...unknown])
  let indent = ''
  for (const [at, variation] of variations.entries()) {
    const value = others(variation)[(picked[at] ?? 0) - 1]
    if (value === undefined) continue
    if (variation.kind === 'claim') put(claims, variation.name, value)
    if (variation.kind === 'header') put(header, variation.name, value)
    if (variation.kind === 'indent' && typeof value === 'string') indent = value
  }
  return {
    defect,
    header: Object.fromEntries(header),
    claims: Object.fromEntries(moved([...claims], moves)),
    indent,
  }
}

function others(variation: Variation): readonly Json[] {
  return variation.kind === 'order' || variation.kind === 'unknown-claims' ? [] : variation.others
}

function claimOf(variation: Variation): readonly string[] {
  return variation.kind === 'claim' ? [variation.name] : []
}

function mostUnknown(variations: readonly Variation[]): number {
  return Math.max(0, ...variations.map((each) => (each.kind === 'unknown-claims' ? each.most : 0)))
}

function put(members: Map<string, Json>, name: string, value: Json): void {
  if (value === null) members.delete(name)
  else members.set(name, value)
}

/** Each move takes the entry at its place, counted around, to the front; without moves the order is the control's. */
function moved<Entry>(entries: readonly Entry[], moves: readonly number[]): readonly Entry[] {
  const order = [...entries]
  for (const move of moves) order.unshift(...order.splice(move % order.length, 1))
  return order
}
