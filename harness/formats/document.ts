/** A YAML document and where everything in it stands. */
import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
} from 'yaml'
import type { Path, Problem } from './problems.ts'

/** Far above any file that a person writes. */
const LARGEST_CHARACTERS = 256 * 1024
const DEEPEST = 50
const MOST_ALIASES = 100

export interface Position {
  readonly line: number
  readonly column: number
}

/** A problem of the text itself: it has a place, but no path. */
export interface TextProblem extends Position {
  readonly expected: string
  readonly found: string
}

export interface YamlDocument {
  /** The plain value; undefined where the text is no usable YAML. */
  readonly value: unknown
  readonly problems: readonly TextProblem[]
  place(problem: Problem): Position
  /** What stands at a path, as its reader knows it: the source text, in short. */
  found(path: Path): string
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads YAML 1.2 without trusting it: bounded in size, depth and aliases, every key once and a text. In values `${NAME}`
 * becomes the environment variable of that name, and `$${` a literal `${`.
 */
export function readYaml(text: string, env: Environment): YamlDocument {
  if (text.length > LARGEST_CHARACTERS) {
    return unusable([
      problemAt(
        { line: 1, column: 1 },
        `at most ${LARGEST_CHARACTERS} characters`,
        `${text.length}`,
      ),
    ])
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const syntax = syntaxProblems(document, text, position)
  const broken =
    document.errors.some(({ code }) => code !== 'DUPLICATE_KEY') || document.warnings.length > 0
  if (broken) return unusable(syntax)
  const shape = shapeProblems(document, position)
  if (shape.length > 0) return unusable([...syntax, ...shape])
  const missing = substitute(document, env, position)
  const value = plainValue(document)
  if (value === undefined)
    return unusable([problemAt(position(0), 'aliases that do not multiply', 'too many')])
  return {
    value,
    problems: [...syntax, ...missing],
    place: ({ path, onKey }) => position(offsetOf(document, path, onKey)),
    found: (path) => excerpt(nodeAt(document, path), text),
  }
}

/** Undefined when aliases of aliases would make far more of the text than stands there. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

function unusable(problems: readonly TextProblem[]): YamlDocument {
  const start = { line: 1, column: 1 }
  return { value: undefined, problems, place: () => start, found: () => 'nothing' }
}

function problemAt(place: Position, expected: string, found: string): TextProblem {
  return { ...place, expected: `expected ${expected}`, found }
}

/** One problem a line: one slip makes the parser complain of much that follows. */
function syntaxProblems(
  document: Document,
  text: string,
  position: (offset: number) => Position,
): readonly TextProblem[] {
  const seen = new Set<number>()
  return [...document.errors, ...document.warnings].flatMap((error) => {
    const place = position(error.pos[0])
    if (seen.has(place.line)) return []
    seen.add(place.line)
    if (error.code === 'RESOURCE_EXHAUSTION')
      return [problemAt(place, `at most ${DEEPEST} levels`, 'more')]
    if (error.code !== 'DUPLICATE_KEY') return [problemAt(place, 'YAML', `none: ${error.message}`)]
    const key = /^[^\s:]*/u.exec(text.slice(error.pos[0]))?.[0] ?? ''
    return [problemAt(place, 'every key once', `"${key.replaceAll(/["']/gu, '')}" again`)]
  })
}

/** What is YAML but could not be read safely: deep nesting, many or circular aliases, keys that are no texts. */
function shapeProblems(
  document: Document,
  position: (offset: number) => Position,
): readonly TextProblem[] {
  const problems: TextProblem[] = []
  const report = (node: unknown, expected: string, found: string): symbol => {
    problems.push(problemAt(position(isNode(node) ? (node.range?.[0] ?? 0) : 0), expected, found))
    return visit.SKIP
  }
  let aliases = 0
  visit(document, {
    Collection: (_key, node, path) =>
      path.filter((above) => isCollection(above)).length >= DEEPEST
        ? report(node, `at most ${DEEPEST} levels`, 'more')
        : undefined,
    Pair: (_key, { key }) =>
      isScalar(key) || key === null
        ? undefined
        : report(key, 'a text as key', 'a list, map or alias'),
    Alias: (_key, node) => {
      aliases++
      if (aliases === MOST_ALIASES + 1)
        return report(node, `at most ${MOST_ALIASES} aliases`, 'more')
      return isCircular(document, node)
        ? report(node, 'an alias of something finished', 'one of itself')
        : undefined
    },
  })
  return problems
}

function isCircular(document: Document, alias: Alias): boolean {
  const [start, , end] = alias.resolve(document)?.range ?? [0, 0, 0]
  const here = alias.range?.[0] ?? 0
  return start <= here && here < end
}

function substitute(
  document: Document,
  env: Environment,
  position: (offset: number) => Position,
): readonly TextProblem[] {
  const problems: TextProblem[] = []
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string') return
      node.value = node.value.replaceAll(
        /(\$?)\$\{([^}]*)\}/gu,
        (whole, escape: string, name: string) => {
          if (escape !== '') return whole.slice(1)
          const value = env[name]
          if (value !== undefined) return value
          const place = position(node.range?.[0] ?? 0)
          problems.push(problemAt(place, `the environment variable ${name}`, 'no such variable'))
          return whole
        },
      )
    },
  })
  return problems
}

function nodeAt(document: Document, path: Path): Node | null {
  let here = resolved(document, document.contents)
  for (const part of path) {
    if (isMap(here)) here = resolved(document, pairOf(here.items, part)?.value)
    else if (isSeq(here) && typeof part === 'number') here = resolved(document, here.items[part])
    else return null
  }
  return here
}

function pairOf<Item extends { readonly key: unknown }>(
  items: readonly Item[],
  part: PropertyKey,
): Item | undefined {
  return items.findLast(({ key }) => isScalar(key) && String(key.value) === String(part))
}

function resolved(document: Document, node: unknown): Node | null {
  if (isAlias(node)) return node.resolve(document) ?? null
  return isMap(node) || isSeq(node) || isScalar(node) ? node : null
}

/** A missing thing is looked for where its map begins. */
function offsetOf(document: Document, path: Path, onKey: boolean): number {
  const parent = nodeAt(document, path.slice(0, -1))
  const last = path.at(-1)
  if (onKey && isMap(parent) && last !== undefined) {
    const key = pairOf(parent.items, last)?.key
    if (isScalar(key)) return key.range?.[0] ?? 0
  }
  const node = nodeAt(document, path)
  if (node !== null || path.length === 0) return node?.range?.[0] ?? 0
  return offsetOf(document, path.slice(0, -1), false)
}

/** Private keys and long texts are not repeated, and what came from the environment is shown as its name. */
function excerpt(node: Node | null, text: string): string {
  if (node === null) return 'nothing'
  if (isMap(node)) return 'a map'
  if (isSeq(node))
    return node.items.length === 0 ? 'an empty list' : `a list of ${node.items.length}`
  const [start, end] = node.range ?? [0, 0]
  const source = text.slice(start, end).trim()
  if (source === '') return 'nothing'
  if (source.includes('PRIVATE KEY')) return 'a private key'
  const [line = ''] = source.split('\n')
  return line.length < source.length || line.length > 40 ? `${line.slice(0, 32)}…` : line
}
