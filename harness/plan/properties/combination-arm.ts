/** The arm of a property of combinations: every way of any few variations together in one case at least. */
import fc from 'fast-check'
import type { Usage } from '../../model/plan.ts'
import type { CombinationsProperty, Spoiling, Statement } from '../../model/property.ts'
import { openArm, type Arm, type ArmContext } from './arm.ts'
import { basisOf, isUnspoiled, type Basis } from './assertion-arm.ts'
import { USAGE_LETTERS } from '../control.ts'
import { coverage, coveringRows, type Row } from './cover.ts'
import { spoilingsFor } from './draw.ts'
import { stem } from '../stem.ts'
import { requestOf, toldWritten, written, type Written } from './writing.ts'

/** With so many cases to ask for, every choice of one variation more is among them. */
const MANY_RUNS = 100

/** A case: which way of each variation, 0 for the control's own, and which spoiling. */
type Combined = { readonly row: Row; readonly spoiling: number }

/** Null where the target has no party for it, or nothing spoils an assertion of the usage. */
export function combinationArm(
  { variations, strength: least }: CombinationsProperty,
  statement: Statement,
  usage: Usage,
  context: ArmContext,
): Arm | null {
  const { name, attack, by: role } = statement
  const basis = basisOf({ variations, usage, role }, context)
  const spoilings = spoilingsFor(statement.spoilings, usage)
  if (basis === null || isUnspoiled(statement, spoilings)) return null
  const { by } = basis.control
  const sizes = [
    ...basis.ways.map(({ others }) => others.length + 1),
    Math.max(1, spoilings.length),
  ]
  const strength = (context.runs ?? 0) >= MANY_RUNS ? least + 1 : least
  const rows = coveringRows(sizes, strength)
  const valueOf = (value: Combined): Written => combined(value, basis, spoilings)
  return openArm<Combined>(
    {
      name: `${name}-${USAGE_LETTERS[usage]}`,
      attack,
      usage,
      role,
      by,
      arbitrary: fc.record({
        row: fc.tuple(...sizes.slice(0, -1).map((size) => fc.nat(size - 1))),
        spoiling: fc.nat((sizes.at(-1) ?? 1) - 1),
      }),
      cases: rows.length,
      examples: rows.map((row) => ({ row: row.slice(0, -1), spoiling: row.at(-1) ?? 0 })),
      requests: (value, { caseId }) => [
        requestOf(valueOf(value), { by, usage, jti: stem(context.random, caseId) }),
      ],
      told: (value) => toldWritten(valueOf(value), basis.control),
      covered: {
        cases: rows.length,
        choices: [strength, strength + 1].map((together) => ({
          together,
          ...coverage(rows, sizes, together),
        })),
      },
    },
    context,
  )
}

function combined(
  { row, spoiling }: Combined,
  { control, ways }: Basis,
  spoilings: readonly Spoiling[],
): Written {
  const chosen = spoilings[spoiling]
  const spoiled =
    chosen === undefined ? null : { defect: chosen.defect, claims: chosen.claims ?? {}, header: {} }
  const plain = { unknown: [], params: [], length: 0, moves: [], moved: [], oddity: null }
  return written(control, ways, { ...plain, picked: row, spoiled })
}
