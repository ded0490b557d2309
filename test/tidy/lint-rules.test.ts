/**
 * Goal: no rule of .oxlintrc.json is dead, and none that has an exception reaches into it. Method: one small file for each is
 * linted in a tree of its own.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './tree.ts'

/** What is linted, the only rule it breaks (null: none), and where it stands, if that matters. */
const SAMPLES: readonly (readonly [rule: string | null, source: string, path?: string])[] = [
  ['no-restricted-globals', 'export const at = Date.now()'],
  ['no-restricted-globals', 'export const at = performance.now()'],
  ['no-restricted-globals', 'setTimeout(() => 1, 1)'],
  ['no-restricted-globals', 'setInterval(() => 1, 1)'],
  ['no-restricted-globals', 'setImmediate(() => 1)'],
  ['no-restricted-globals', 'queueMicrotask(() => 1)'],
  ['no-restricted-globals', 'export const at = globalThis.Date.now()'],
  ['no-restricted-globals', 'export const id = crypto.randomUUID()'],
  ['no-restricted-globals', 'export const at = Date.now()', 'harness/jwt/keys.ts'],
  ['no-restricted-properties', 'export const draw = Math.random()'],
  ['no-restricted-properties', 'export const at = process.hrtime.bigint()'],
  ['no-restricted-imports', "export { setTimeout } from 'node:timers'"],
  ['no-restricted-imports', "export { setTimeout } from 'node:timers/promises'"],
  ['no-restricted-imports', "export { performance } from 'node:perf_hooks'"],
  ['no-restricted-imports', "export { randomUUID } from 'node:crypto'"],
  // The exceptions, each no wider than it must be.
  [
    'no-restricted-properties',
    'export const [at, draw] = [Date.now(), Math.random()]',
    'harness/clock.ts',
  ],
  [
    'no-restricted-globals',
    'export const [at, draw] = [Date.now(), Math.random()]',
    'harness/random.ts',
  ],
  [null, 'export const { subtle } = crypto', 'harness/jwt/sign.ts'],
  [null, 'export const at = Date.now() + Math.random()', 'targets/reference/node.ts'],
  [null, 'export const at = Date.now() + Math.random()', 'targets/flawed/node.ts'],
  [null, 'export const at = Date.now() + Math.random()', 'targets/levers/lever.ts'],
  [null, 'export const at = Date.now() + Math.random()', 'targets/lab/one/server.ts'],
  ['no-restricted-globals', 'export const at = Date.now()', 'targets/http.ts'],
  ['no-console', "console.log('heard')"],
  [null, "console.log('told')", 'cli/tell.ts'],
  ['no-default-export', 'export default 1'],
  [null, "export default { name: 'one' }", 'scenarios/one.ts'],
  [
    'no-cycle',
    "import { there } from './there.ts'\nexport const here = (): string => there()",
    'suites/here.ts',
  ],
  [
    'no-cycle',
    "import { here } from './here.ts'\nexport const there = (): string => here()",
    'suites/there.ts',
  ],
  ['no-barrel-file', "export * from './here.ts'"],
  ['max-lines', lines(301, (index) => `export const n${index} = ${index}`)],
  [
    'max-lines-per-function',
    `export function f(n: number): number {\nlet m = n\n${lines(60, () => 'm += 1')}return m\n}`,
  ],
  [
    'max-depth',
    'export function f(n: number): void {\nif (n > 0) { if (n > 1) { if (n > 2) { if (n > 3) { f(n) } } } }\n}',
  ],
  ['max-params', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e'],
  [
    'complexity',
    `export function f(n: number): number {\n${lines(15, (index) => `if (n === ${index}) return 1`)}return n\n}`,
  ],
  ['eqeqeq', 'export const same = (a: number, b: number): boolean => a == b'],
  [
    'no-else-return',
    'export function f(n: number): number {\nif (n > 0) { return 1 } else { return 2 }\n}',
  ],
  ['consistent-type-imports', "import { Kind } from './kind.ts'\nexport const kind: Kind = 'a'"],
  [null, "export type Kind = 'a' | 'b'", 'suites/kind.ts'],
  ['no-explicit-any', 'export const thing: any = 1'],
  [
    'no-non-null-assertion',
    'export const first = (list: readonly (number | null)[]): number | undefined => list[0]!',
  ],
  ['no-floating-promises', 'export function f(late: () => Promise<void>): void {\nlate()\n}'],
  [
    'no-misused-promises',
    'export const f = (late: () => Promise<void>): void => [1].forEach(late)',
  ],
  [
    'switch-exhaustiveness-check',
    "export function f(k: 'a' | 'b'): number {\nswitch (k) { case 'a': return 1 }\nreturn 0\n}",
  ],
  ['no-unsafe-type-assertion', 'export const f = (it: unknown): string => it as string'],
  [
    'consistent-function-scoping',
    'export function f(): () => number {\nfunction one(): number { return 1 }\nreturn one\n}',
  ],
  ['filename-case', 'export const here = 1', 'suites/NotKebab.ts'],
  ['no-underscore-dangle', 'export const tail_ = 1'],
  ['prefer-node-protocol', "export { join } from 'path'"],
]

interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly code?: string }[]
}

describe('lint rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-lint-'))
  let report: Report = { diagnostics: [] }

  beforeAll(() => {
    for (const name of ['.oxlintrc.json', 'tsconfig.json'])
      cpSync(join(ROOT, name), join(folder, name))
    SAMPLES.forEach(([, source, path], index) => write(join(folder, pathOf(index, path)), source))
    // Type-aware rules run in a program of their own, which is looked for below the folder.
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    report = lint(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(SAMPLES.map(([rule, , path], index) => ({ rule, path: pathOf(index, path) })))(
    '$path breaks $rule',
    ({ rule, path }) => {
      const codes = report.diagnostics
        .filter(({ filename }) => filename === path)
        .map(({ code }) => code)
      const rules = new Set(codes.map((code) => code?.replace(/^.*\(|\)$/g, '')))
      expect([...rules]).toEqual(rule === null ? [] : [rule])
    },
  )

  test('every rule that we set is broken once above', () => {
    const { rules }: { rules: Readonly<Record<string, unknown>> } = JSON.parse(
      readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8'),
    )
    const set = Object.keys(rules).filter((name) => rules[name] !== 'off')
    const broken = new Set(SAMPLES.map(([rule]) => rule))
    expect(
      set.map((name) => name.replace(/^.*\//, '')).filter((name) => !broken.has(name)),
    ).toEqual([])
  })
})

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')
}

function pathOf(index: number, path: string | undefined): string {
  return path ?? `suites/sample-${index}.ts`
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function lint(folder: string): Report {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint')
  const options = [
    '--type-aware',
    '--format',
    'json',
    'cli',
    'harness',
    'scenarios',
    'suites',
    'targets',
  ]
  const { stdout } = spawnSync(process.execPath, [oxlint, ...options], {
    cwd: folder,
    encoding: 'utf8',
  })
  return JSON.parse(stdout)
}
