/** The arm of a property of single assertions: its control, how it may vary, and the cases drawn. */
import type { Usage } from '../../model/plan.ts'
import type { AssertionsProperty, DrawnStatement, Oddity, Variation } from '../../model/property.ts'
import type { Role } from '../../model/target.ts'
import { openArm, type Arm, type ArmContext } from './arm.ts'
import { controlKey, controlSource, USAGE_LETTERS, type Claims } from '../control.ts'
import { spoilingsFor, writtenLike } from './draw.ts'
import { isObject } from '../../json.ts'
import { principalFor } from '../principals.ts'
import { stem } from '../stem.ts'
import { varied, type Varied } from './ways.ts'
import { requestOf, toldWritten, type Plain, type Written } from './writing.ts'

/** Null where the target has no party for it, or nothing spoils an assertion of the usage. */
export function assertionArm(
  { variations }: AssertionsProperty,
  statement: DrawnStatement,
  usage: Usage,
  context: ArmContext,
): Arm | null {
  const { name, attack, by: role, cases } = statement
  const basis = basisOf({ variations, usage, role }, context)
  const spoilings = spoilingsFor(statement.spoilings, usage)
  if (basis === null || isUnspoiled(statement, spoilings)) return null
  const { control, ways } = basis
  return openArm<Written>(
    {
      name: `${name}-${USAGE_LETTERS[usage]}`,
      attack,
      usage,
      role,
      by: control.by,
      arbitrary: writtenLike(control, ways, { spoilings, oddities: odditiesFor(statement, usage) }),
      cases: context.runs ?? cases,
      requests: (value, { caseId }) => [
        requestOf(value, { by: control.by, usage, jti: stem(context.random, caseId) }),
      ],
      told: (value) => toldWritten(value, control),
      open: statement.open === true,
    },
    context,
  )
}

/** A bearer token travels in no form. */
function odditiesFor({ oddities = [] }: DrawnStatement, usage: Usage): readonly Oddity[] {
  return usage === 'bearer-token' ? [] : oddities
}

export interface Basis {
  readonly control: Plain
  readonly ways: readonly Varied[]
}

/** The control of a party for the role, whose jti is filled in last, and how it may vary. */
export function basisOf(
  of: {
    readonly variations: readonly Variation[]
    readonly usage: Usage
    readonly role: Role
  },
  context: ArmContext,
): Basis | null {
  const { variations, usage, role } = of
  const { facts, policy } = context
  const by = principalFor(facts, usage, role)
  if (by === undefined) return null
  const { header, claims } = controlSource(usage, by, '', { ...context, role })
  const control = { header: members(header), claims: members(claims), by, key: controlKey(by) }
  const { supports = [] } = facts.declares
  return {
    control,
    ways: varied(variations, { usage, by, policy, supports, claims: control.claims }),
  }
}

/** Whether what was to be spoiled would be right. */
export function isUnspoiled(
  { spoilings }: Pick<DrawnStatement, 'spoilings'>,
  suited: readonly unknown[],
): boolean {
  return spoilings.length > 0 && suited.length === 0
}

function members(value: unknown): Claims {
  return isObject(value) ? value : {}
}
