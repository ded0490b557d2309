/** The arms of a property: each statement asked of each usage that the target has a party for. */
import type { Property } from '../../model/property.ts'
import type { Arm, ArmContext } from './arm.ts'
import { combinationArm } from './combination-arm.ts'
import { sequenceArm } from './sequence-arm.ts'
import { rotationArm } from './rotation-arm.ts'
import { assertionArm } from './assertion-arm.ts'

export function arms(property: Property, context: ArmContext): readonly Arm[] {
  const usages = property.usages.filter((usage) => context.facts.usages.includes(usage))
  switch (property.kind) {
    case 'assertions':
      return property.statements.flatMap((statement) =>
        usages.flatMap((usage) => assertionArm(property, statement, usage, context) ?? []),
      )
    case 'combinations':
      return property.statements.flatMap((statement) =>
        usages.flatMap((usage) => combinationArm(property, statement, usage, context) ?? []),
      )
    case 'sequences':
      return usages.flatMap((usage) => sequenceArm(property, usage, context) ?? [])
    case 'rotations':
      return usages.flatMap((usage) => rotationArm(property, usage, context) ?? [])
  }
}
