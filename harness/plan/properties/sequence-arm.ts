/** The arm of a property of sequences: what may come before one right assertion without keeping it out, or letting it in twice. */
import fc from 'fast-check'
import type { Defect, Source, Usage } from '../../model/plan.ts'
import type { SequencesProperty } from '../../model/property.ts'
import type { Principal } from '../../model/target.ts'
import { openArm, type Arm, type ArmContext, type CaseRequest } from './arm.ts'
import { controlSource, PART_OF, USAGE_LETTERS } from '../control.ts'
import { anotherThan, principalFor } from '../principals.ts'
import { stem } from '../stem.ts'

/**
 * Who else presents something: somebody who forges an assertion of the same issuer under the same identifier, with a
 * signature of no key or with a key of its own that the header brings along under the issuer's name for its own, or another
 * party whose own assertion is right and has that identifier too. One of them in each sequence, so that what keeps a
 * right assertion out is known by name.
 */
type Stranger = 'forged' | 'impostor' | 'namesake'

const FORGERIES: Readonly<Record<Exclude<Stranger, 'namesake'>, Defect>> = {
  forged: { kind: 'signature-bit' },
  impostor: { kind: 'attacker-key', embed: 'jwk' },
}

/** One presentation: of a genuine assertion, the same bytes whenever it comes again, or of the stranger's. */
type Presented = {
  readonly what: 'genuine' | 'stranger'
  /** Which assertion, or which assertion's identifier. */
  readonly of: number
  readonly node: number
  readonly waitMs: number
}

type Sequence = {
  readonly stranger: Stranger
  readonly before: readonly Presented[]
  /** The node at which the genuine assertion 0 comes last. */
  readonly node: number
}

/** How many presentations follow at once for each that is waited before, since waiting takes the time that it takes. */
const AT_ONCE = 12

function waits([shortest = 0, ...longer]: readonly number[]): fc.Arbitrary<number> {
  const atOnce = { arbitrary: fc.constant(shortest), weight: AT_ONCE }
  const later = longer.map((ms) => ({ arbitrary: fc.constant(ms), weight: 1 }))
  return fc.oneof({ withCrossShrink: true }, atOnce, ...later)
}

/** How many genuine assertions a sequence knows. */
const ASSERTIONS = 2

/** Null where the target has no party for it. */
export function sequenceArm(
  { statement }: SequencesProperty,
  usage: Usage,
  context: ArmContext,
): Arm | null {
  const { name, attack, cases, longest, waitsMs } = statement
  const { facts, random, runs } = context
  // Forged assertions go by the party that may be locked out for it, and nobody else's requests are spoiled.
  const by = principalFor(facts, usage, 'hostile')
  if (by === undefined) return null
  const another = anotherThan(facts, by)
  const strangers: readonly Stranger[] = ['forged', 'impostor', ...namesakes(another, context)]
  const node = fc.nat(Math.max(0, facts.nodes.length - 1))
  const presented = fc.record({
    what: fc.constantFrom<Presented['what']>('genuine', 'stranger'),
    of: fc.nat(ASSERTIONS - 1),
    node,
    waitMs: waits(waitsMs),
  })
  return openArm<Sequence>(
    {
      name: `${name}-${USAGE_LETTERS[usage]}`,
      attack,
      usage,
      role: 'hostile',
      by,
      // Left to itself it would draw mostly the shortest ones.
      arbitrary: fc.noBias(
        fc.record({
          stranger: fc.constantFrom(...strangers),
          before: fc.array(presented, { maxLength: longest, size: 'max' }),
          node,
        }),
      ),
      cases: runs ?? cases,
      examples: strangers.map(poisoned),
      requests: (value, { caseId, step }) =>
        requestsOf(value, { usage, by, another, context, stem: stem(random, caseId), step }),
      told: (value) => ({
        sequence: presentations(value).map(({ what, ...each }) => ({
          what: what === 'stranger' ? value.stranger : what,
          ...each,
        })),
      }),
      apart: true,
    },
    context,
  )
}

/**
 * The identifier of an assertion is named by a stranger before the assertion itself comes. What is accepted between tells
 * a server that let the stranger spend it from one that locks a party out for a while after a failure.
 */
function poisoned(stranger: Stranger): Sequence {
  const at = { node: 0, waitMs: 0 }
  const before: readonly Presented[] = [
    { what: 'stranger', of: 0, ...at },
    { what: 'genuine', of: 1, ...at },
  ]
  return { stranger, before, node: 0 }
}

/**
 * Issuers must not choose the same identifiers (RFC 7519 §4.1.7), so that a server may remember them without their
 * issuers; only one that says it does not is asked with a namesake.
 */
function namesakes(another: Principal | undefined, { policy }: ArmContext): readonly 'namesake'[] {
  return another === undefined || policy['jti.scope'] !== 'issuer' ? [] : ['namesake']
}

interface Setting {
  readonly usage: Usage
  readonly by: Principal
  readonly another: Principal | undefined
  readonly context: ArmContext
  readonly stem: string
  /** The name of the step that the so manyth presentation becomes. */
  readonly step: (copy: number) => string
}

function presentations({ before, node }: Sequence): readonly Presented[] {
  return [...before, { what: 'genuine', of: 0, node, waitMs: 0 }]
}

function requestsOf(sequence: Sequence, setting: Setting): readonly CaseRequest[] {
  const { by, another = by } = setting
  const all = presentations(sequence)
  return all.map((each, at) => ({
    principal: each.what === 'stranger' && sequence.stranger === 'namesake' ? another : by,
    source: sourceOf(at, { all, stranger: sequence.stranger }, setting),
    node: each.node,
    waitMs: each.waitMs,
  }))
}

function sourceOf(
  at: number,
  { all, stranger }: { readonly all: readonly Presented[]; readonly stranger: Stranger },
  { usage, by, another = by, context, stem: jti, step }: Setting,
): Source {
  const own = (all[at]?.what ?? 'genuine') === 'genuine'
  const of = all[at]?.of ?? 0
  const first = all.findIndex((each) => each.what === 'genuine' && each.of === of)
  // One key of the ledger is one issuer's identifier, however it is signed.
  const isSameKey = (each: Presented): boolean =>
    each.of === of && (stranger !== 'namesake' || (each.what === 'genuine') === own)
  const last = !all.slice(at + 1).some(isSameKey)
  if (own && first < at) {
    return { kind: 'again', step: step(first), part: PART_OF[usage], altered: null, last }
  }
  const making = { ...context, role: 'hostile' } as const
  const isNamesake = !own && stranger === 'namesake'
  const source = controlSource(usage, isNamesake ? another : by, `${jti}-${of}-`, making)
  const forgery = own || stranger === 'namesake' ? null : FORGERIES[stranger]
  return { ...source, defect: forgery, last }
}
