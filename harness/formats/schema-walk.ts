/** Walks a schema and a value side by side, to say which keys are known at a place. */
import { z } from 'zod'

type Path = readonly PropertyKey[]

/** The part of a value at a path; undefined where there is none. */
export function at(value: unknown, path: Path): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

/** Of a list; 0 for whatever is none. */
export function lengthAt(value: unknown, path: Path): number {
  const list = at(value, path)
  return Array.isArray(list) ? list.length : 0
}

/** The keys that the schema knows for the map at a path of this value. */
export function knownKeys(schema: z.ZodType, value: unknown, path: Path): readonly string[] {
  let here: z.core.$ZodType | undefined = choose(schema, value)
  for (const [index, key] of path.entries()) {
    here = here && choose(inside(here, key), at(value, path.slice(0, index + 1)))
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : []
}

/** Takes off what only wraps a schema, and picks the alternative that a discriminator names. */
function choose(schema: z.core.$ZodType | undefined, value: unknown): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def
    const given = at(value, [discriminator])
    return schema.options.find((option) => {
      const tag = option instanceof z.ZodObject ? option.shape[discriminator] : undefined
      return tag instanceof z.ZodLiteral && tag.safeParse(given).success
    })
  }
  if (schema instanceof z.ZodPipe) return choose(schema.def.in, value)
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return choose(schema.def.innerType, value)
  }
  return schema
}

function inside(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)]
  if (schema instanceof z.ZodArray) return schema.def.element
  if (schema instanceof z.ZodRecord) return schema.def.valueType
  return undefined
}
