/** The arm of a property of rotations: sequences of one party that publishes its next key on the way. */
import fc from 'fast-check'
import type { Defect, Source, Usage } from '../../model/plan.ts'
import type { RotationsProperty } from '../../model/property.ts'
import type { KeyFacts, Principal, TargetFacts } from '../../model/target.ts'
import { openArm, type Arm, type ArmContext, type CaseRequest, type Turn } from './arm.ts'
import { controlHeader, controlKey, controlSource, PART_OF, USAGE_LETTERS } from '../control.ts'
import { anotherThan } from '../principals.ts'
import { stem } from '../stem.ts'

/**
 * Who else presents something under the party's name: by a key of an attacker, under the name of the party's own or under
 * one that nobody has and brought along in the header, or by another party's key.
 */
type Stranger = 'impostor' | 'unknown' | 'foreigner'

/** Which of the party's keys: the one that it has, which stays, or the next one, which comes. */
const KEYS = ['old', 'new'] as const

/** One presentation: of the one genuine assertion under this key, or of the stranger's under its identifier. */
type Presented = {
  readonly what: 'genuine' | 'stranger'
  readonly key: (typeof KEYS)[number]
  readonly node: number
  readonly waitMs: number
}

type Sequence = {
  readonly stranger: Stranger
  readonly before: readonly Presented[]
  /** Whether the next key is published here; where it is not, what follows follows at once. */
  readonly rotates: boolean
  readonly after: readonly Presented[]
  /** The node at which the assertion under the old key comes last. */
  readonly node: number
}

/** Null where the target has no party for it. */
export function rotationArm(
  { statement }: RotationsProperty,
  usage: Usage,
  context: ArmContext,
): Arm | null {
  const { name, attack, cases, longest, waitsMs, fault } = statement
  const { facts, random, runs } = context
  const rotating = rotatingIn(facts, usage)
  if (rotating === null) return null
  const { by } = rotating
  const party = { ...rotating, usage, another: anotherThan(facts, by), context }
  const newKeys = `${name}-new-${USAGE_LETTERS[usage]}`
  return openArm<Sequence>(
    {
      name: `${name}-${USAGE_LETTERS[usage]}`,
      attack,
      usage,
      role: 'rotating',
      by,
      besides: [{ name: newKeys, keyState: { is: 'added', by: fault } }],
      turn: {
        fault,
        on: by.name,
        ...timesFor(statement, facts),
        heralded: (jti) => signedBy(null, 'new', jti, party),
      },
      arbitrary: drawn({
        longest,
        waitsMs,
        nodes: facts.nodes.length,
        strangers: strangers(party.another),
      }),
      cases: runs ?? cases,
      examples: [USED_BEFORE, SIGNED_ANEW],
      requests: (value, { caseId, step }) =>
        requestsOf(value, { party, stem: stem(random, caseId), step, newKeys }),
      told: (value) => ({ sequence: told(value) }),
      apart: true,
    },
    context,
  )
}

/** A party that publishes its keys, and the one that it has not published yet; null where there is none of that usage. */
function rotatingIn(
  { principals }: TargetFacts,
  usage: Usage,
): { readonly by: Principal; readonly next: KeyFacts } | null {
  const by = principals.find((each) => each.usage === usage && each.roles.includes('rotating'))
  const next = by?.keys.find(({ mark }) => mark === 'next')
  return by === undefined || next === undefined ? null : { by, next }
}

/** More than a target's own word, for it counts from when the change was seen, and whole seconds may be rounded. */
const AMPLE_SECONDS = 0.3

function timesFor(
  { settlesSeconds, patienceSeconds, restSeconds }: RotationsProperty['statement'],
  { declares }: TargetFacts,
): Pick<Turn, 'settlesSeconds' | 'restSeconds'> {
  const { newKey = Infinity, removedKey = Infinity } = declares.propagationSeconds ?? {}
  const knownSeconds = newKey > patienceSeconds ? 0 : newKey + AMPLE_SECONDS
  return {
    settlesSeconds: Math.max(settlesSeconds, knownSeconds),
    restSeconds: Math.min(restSeconds, removedKey + AMPLE_SECONDS),
  }
}

function strangers(another: Principal | undefined): readonly Stranger[] {
  return ['impostor', 'unknown', ...(another === undefined ? [] : (['foreigner'] as const))]
}

interface Drawing {
  readonly longest: number
  readonly waitsMs: readonly number[]
  readonly nodes: number
  readonly strangers: readonly Stranger[]
}

function drawn({ longest, waitsMs, nodes, strangers: known }: Drawing): fc.Arbitrary<Sequence> {
  const node = fc.nat(Math.max(0, nodes - 1))
  const presented = fc.record({
    what: fc.constantFrom<Presented['what']>('genuine', 'stranger'),
    key: fc.constantFrom(...KEYS),
    node,
    waitMs: fc.constantFrom(...waitsMs),
  })
  const half = fc.array(presented, { maxLength: longest, size: 'max' })
  // Left to itself it would draw mostly the shortest ones.
  return fc.noBias(
    fc.record({
      stranger: fc.constantFrom(...known),
      before: half,
      rotates: fc.nat(ROTATING).map((each) => each > 0, whetherRotated),
      after: half,
      node,
    }),
  )
}

/** So many sequences have the change for each one without it, to which they shrink: others than these ask those already. */
const ROTATING = 5

function whetherRotated(value: unknown): number {
  return value === true ? 1 : 0
}

/** Used before the next key came, and again when that is known: what a memory that goes with the keys has forgotten. */
const USED_BEFORE: Sequence = {
  stranger: 'impostor',
  before: [{ what: 'genuine', key: 'old', node: 0, waitMs: 0 }],
  rotates: true,
  after: [],
  node: 0,
}

/** What the next key signs for the first time, of whoever says that it is known by then. */
const SIGNED_ANEW: Sequence = {
  ...USED_BEFORE,
  before: [],
  after: [{ what: 'genuine', key: 'new', node: 0, waitMs: 0 }],
}

function told({ stranger, before, rotates, after, node }: Sequence) {
  const words = ({ what, ...each }: Presented) => ({
    what: what === 'stranger' ? stranger : what,
    ...each,
  })
  return [
    ...before.map(words),
    ...(rotates ? [{ what: 'rotate' }] : []),
    ...[...after, lastOf(node)].map(words),
  ]
}

function lastOf(node: number): Presented {
  return { what: 'genuine', key: 'old', node, waitMs: 0 }
}

/** Whose sequence it is, and who is there besides. */
interface Party {
  readonly usage: Usage
  readonly by: Principal
  readonly next: KeyFacts
  readonly another: Principal | undefined
  readonly context: ArmContext
}

interface Setting {
  readonly party: Party
  readonly stem: string
  /** The name of the step that the so manyth presentation becomes. */
  readonly step: (copy: number) => string
  /** The stream of what the next key signs. */
  readonly newKeys: string
}

function requestsOf(
  { stranger, before, rotates, after, node }: Sequence,
  setting: Setting,
): readonly CaseRequest[] {
  const all = [...before, ...after, lastOf(node)]
  return all.map((each, at) => ({
    principal: setting.party.by,
    source: sourceOf(at, { all, stranger }, setting),
    node: each.node,
    waitMs: each.waitMs,
    ...(rotates && at >= before.length ? { turned: true } : {}),
    ...(each.what === 'genuine' && each.key === 'new' ? { stream: setting.newKeys } : {}),
  }))
}

function sourceOf(
  at: number,
  { all, stranger }: { readonly all: readonly Presented[]; readonly stranger: Stranger },
  { party, stem: jti, step }: Setting,
): Source {
  const { what = 'genuine', key = 'old' } = all[at] ?? {}
  const first = all.findIndex((each) => each.what === 'genuine' && each.key === key)
  // One key of the ledger is one issuer's identifier, however it is signed.
  const last = !all.slice(at + 1).some((each) => each.key === key)
  if (what === 'genuine' && first < at) {
    return { kind: 'again', step: step(first), part: PART_OF[party.usage], altered: null, last }
  }
  return { ...signedBy(what === 'genuine' ? null : stranger, key, jti, party), last }
}

/** @param stranger Null for the party itself. */
function signedBy(
  stranger: Stranger | null,
  key: Presented['key'],
  jti: string,
  { usage, by, next, another = by, context }: Party,
): Extract<Source, { kind: 'minted' }> {
  const own = key === 'new' ? next : controlKey(by)
  const right = controlSource(usage, by, `${jti}-${key}-`, { ...context, role: 'rotating' })
  const header = controlHeader(usage, own, context)
  const genuine = { ...right, signer: own.name, header }
  switch (stranger) {
    case null:
      return genuine
    case 'impostor':
      return { ...genuine, defect: ATTACKER }
    case 'unknown':
      return { ...genuine, header: { ...header, kid: NOBODYS }, defect: BRINGING_KEY }
    case 'foreigner':
      return { ...genuine, signer: controlKey(another).name, defect: { kind: 'foreign-key' } }
  }
}

const ATTACKER: Defect = { kind: 'attacker-key' }
const BRINGING_KEY: Defect = { kind: 'attacker-key', embed: 'jwk' }
const NOBODYS = 'nobody-has-this'
