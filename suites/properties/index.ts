/** Every property. What is not listed here does not run. */
import type { Property } from '../../harness/model/property.ts'
import { assertions } from './assertions.ts'
import { combinations } from './combinations.ts'
import { rotations } from './rotations.ts'
import { sequences } from './sequences.ts'

export const PROPERTIES: readonly Property[] = [assertions, combinations, rotations, sequences]
