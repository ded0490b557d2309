/** From the text of a file, or what a module exported, to a checked value; or to one error with everything wrong in it. */
import type { z } from 'zod'
import { CupelError } from '../errors.ts'
import { readYaml, type Environment, type TextProblem } from './document.ts'
import { pathText, problemsOf, type Problem } from './problems.ts'
import { at } from './schema-walk.ts'

export interface Format<Value> {
  readonly schema: z.ZodType<Value>
  /** What no schema can say, such as names that refer to each other. It must not trust the value's shape. */
  readonly meaning: (value: unknown) => readonly Problem[]
  readonly hint: string
}

/** @throws {CupelError} ERR_CONFIG_INVALID with every problem as `file:line:column`. */
export function readText<Value>(
  text: string,
  file: string,
  format: Format<Value>,
  env: Environment,
): Value {
  const document = readYaml(text, env)
  const problems = document.value === undefined ? [] : allProblems(document.value, format)
  const placed = problems.map((problem) => ({
    ...document.place(problem),
    expected: prefixed(problem),
    found: problem.found ?? document.found(problem.path),
  }))
  const all = [...document.problems, ...placed].toSorted(
    (one, other) => one.line - other.line || one.column - other.column,
  )
  if (all.length > 0)
    throw invalid(
      all.map((each) => `${file}:${each.line}:${each.column} ${worded(each)}`),
      format.hint,
    )
  return format.schema.parse(document.value)
}

/** @throws {CupelError} ERR_CONFIG_INVALID with every problem; a value has paths, but no lines. */
export function readValue<Value>(value: unknown, file: string, format: Format<Value>): Value {
  const problems = allProblems(value, format)
  const lines = problems.map((problem) => {
    const found = problem.found ?? inWords(at(value, problem.path))
    return `${file}: ${worded({ expected: prefixed(problem), found })}`
  })
  if (lines.length > 0) throw invalid(lines, format.hint)
  return format.schema.parse(value)
}

/** Where the meaning of a thing is wrong, what the schema says of its inside adds nothing. */
function allProblems(value: unknown, { schema, meaning }: Format<unknown>): readonly Problem[] {
  const meant = meaning(value)
  const covered = meant.map(({ path }) => pathText(path)).filter((path) => path !== '')
  const formal = problemsOf(schema, value).filter(
    ({ path }) => !covered.some((cover) => pathText(path).startsWith(cover)),
  )
  return [...formal, ...meant]
}

function invalid(lines: readonly string[], hint: string): CupelError {
  return new CupelError('ERR_CONFIG_INVALID', lines.join('\n'), { hint })
}

function worded({ expected, found }: Pick<TextProblem, 'expected' | 'found'>): string {
  return `${expected}, found ${found}`
}

function prefixed({ path, onKey, expected }: Problem): string {
  const about = pathText(onKey ? path.slice(0, -1) : path)
  return about === '' ? `expected ${expected}` : `${about}: expected ${expected}`
}

function inWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'string') return JSON.stringify(value).slice(0, 40)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `${value}`
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`
}
