/**
 * Goal: no import rule is dead. Method: a tree of one-line modules, each breaking one rule, is cruised under our rules;
 * exactly those violations must come out, and every rule must be among them.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './tree.ts'

const RULES = '.dependency-cruiser.cjs'

/** Rule, the file that breaks it, and what that file imports. */
const BREACHES: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['no-circular', 'harness/wire/a.ts', './b.ts'],
  ['model-imports-only-model', 'harness/model/a.ts', '../errors.ts'],
  ['model-imports-only-model', 'harness/model/b.ts', 'node:fs'],
  ['oracle-is-pure', 'harness/oracle/a.ts', '../clock.ts'],
  ['oracle-is-pure', 'harness/oracle/b.ts', '../jwt/sign.ts'],
  ['oracle-is-pure', 'harness/oracle/c.ts', 'node:crypto'],
  ['tally-is-pure', 'harness/tally/a.ts', '../oracle/judge.ts'],
  ['tally-is-pure', 'harness/tally/b.ts', 'node:fs'],
  ['plan-is-pure', 'harness/plan/a.ts', '../clock.ts'],
  ['plan-is-pure', 'harness/plan/b.ts', '../tally/rates.ts'],
  ['harness-knows-no-content', 'harness/drive/a.ts', '../../faults/cut.ts'],
  ['harness-knows-no-content', 'harness/drive/b.ts', '../../api/doors.ts'],
  ['nobody-imports-the-cli', 'api/a.ts', '../cli/command.ts'],
  ['only-the-cli-imports-the-api', 'reports/a.ts', '../api/doors.ts'],
  ['content-uses-nouns-only', 'suites/a.ts', '../harness/clock.ts'],
  ['content-uses-nouns-only', 'faults/a.ts', '../harness/findings.ts'],
  ['reports-use-nouns-only', 'reports/b.ts', '../harness/tally/rates.ts'],
  ['targets-use-nouns-and-keys-only', 'targets/a.ts', '../harness/oracle/judge.ts'],
  ['content-folders-do-not-mix', 'scenarios/a.ts', '../faults/cut.ts'],
  ['content-folders-do-not-mix', 'targets/b.ts', '../suites/index.ts'],
  ['reports-do-no-io', 'reports/c.ts', 'node:fs'],
  ['formats-are-for-whoever-opens-files', 'harness/drive/c.ts', '../formats/read.ts'],
  ['one-door-for-http2', 'targets/d.ts', 'node:http2'],
  ['one-door-for-jose', 'harness/drive/d.ts', 'jose'],
  ['one-door-for-zod', 'suites/b.ts', 'zod'],
  ['one-door-for-yaml', 'cli/b.ts', 'yaml'],
  ['one-door-for-commander', 'api/b.ts', 'commander'],
  ['one-door-for-cli-progress', 'reports/d.ts', 'cli-progress'],
  ['one-door-for-cli-table3', 'harness/drive/e.ts', 'cli-table3'],
  ['one-door-for-d3-scale', 'cli/h.ts', 'd3-scale'],
  ['one-door-for-d3-shape', 'reports/e.ts', 'd3-shape'],
  ['one-door-for-badge-maker', 'reports/f.ts', 'badge-maker'],
  ['one-door-for-hdr-histogram-js', 'cli/c.ts', 'hdr-histogram-js'],
  ['one-door-for-stdlib', 'cli/d.ts', '@stdlib/stats-base-dists-beta-quantile'],
  ['one-door-for-sinonjs-fake-timers', 'targets/levers/a.ts', '@sinonjs/fake-timers'],
  ['one-door-for-fast-check', 'suites/c.ts', 'fast-check'],
  ['one-door-for-pure-rand', 'targets/h.ts', 'pure-rand'],
  ['one-door-for-autocannon', 'harness/drive/f.ts', 'autocannon'],
  ['one-door-for-testcontainers', 'targets/levers/b.ts', 'testcontainers'],
  ['one-door-for-oidc-provider', 'targets/e.ts', 'oidc-provider'],
  ['one-door-for-ioredis', 'targets/f.ts', 'ioredis'],
  ['no-undeclared-package', 'cli/e.ts', 'stray'],
  ['no-unresolvable', 'cli/f.ts', './nowhere.ts'],
  ['no-dev-dependency-in-the-package', 'cli/g.ts', 'prettier'],
  ['nothing-published-imports-tests-or-the-laboratory', 'targets/g.ts', './lab/server.ts'],
]

/** What is allowed although it looks like the above: none of these may be named. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  // The other half of the cycle above, which is told of once.
  ['harness/wire/b.ts', './a.ts'],
  ['harness/model/fine.ts', './plan.ts'],
  ['harness/oracle/fine.ts', '../errors.ts'],
  ['harness/tally/fine.ts', 'hdr-histogram-js'],
  ['harness/tally/fine-too.ts', '@stdlib/stats-base-dists-beta-quantile'],
  ['harness/tally/fine-as-well.ts', '../oracle/scenarios/scenario-verdict.ts'],
  ['harness/plan/fine.ts', '../tally/sample-size.ts'],
  ['harness/plan/fine-too.ts', 'node:crypto'],
  ['harness/plan/fine-as-well.ts', 'fast-check'],
  ['harness/wire/fine.ts', 'node:http2'],
  ['targets/fine.ts', '../harness/jwt/sign.ts'],
  ['targets/levers/skewed-clock.ts', '@sinonjs/fake-timers'],
  ['targets/lab/fine.ts', 'ioredis'],
  ['reports/fine.ts', '../harness/findings.ts'],
  ['cli/fine.ts', '../harness/formats/read.ts'],
  ['test/unit/fine.test.ts', '../../cli/command.ts'],
]

/** What the modules above import; each imports nothing. */
const IMPORTED = [
  'harness/errors.ts',
  'harness/clock.ts',
  'harness/findings.ts',
  'harness/model/plan.ts',
  'harness/jwt/sign.ts',
  'harness/oracle/judge.ts',
  'harness/tally/rates.ts',
  'harness/tally/sample-size.ts',
  'harness/oracle/scenarios/scenario-verdict.ts',
  'harness/formats/read.ts',
  'suites/index.ts',
  'faults/cut.ts',
  'targets/lab/server.ts',
  'cli/command.ts',
  'api/doors.ts',
]

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}

describe('import rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-imports-'))
  let violations: readonly Violation[] = []

  beforeAll(() => {
    plant(folder)
    violations = cruise(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(BREACHES)('%s fires on %s importing %s', (rule, from) => {
    expect(violations.filter((each) => each.from === from).map((each) => each.rule.name)).toContain(
      rule,
    )
  })

  test.each(ALLOWED)('nothing fires on %s importing %s', (from) => {
    expect(violations.filter((each) => each.from === from)).toEqual([])
  })

  test('every rule is broken once above, so that none of them is dead', () => {
    const { forbidden }: { forbidden: readonly { name: string; comment: string }[] } =
      createRequire(import.meta.url)(join(ROOT, RULES))
    const broken = new Set(BREACHES.map(([rule]) => rule))
    expect(forbidden.map((each) => each.name).filter((name) => !broken.has(name))).toEqual([])
    expect(forbidden.filter((each) => each.comment.length < 20)).toEqual([])
  })
})

function plant(folder: string): void {
  for (const name of [RULES, 'tsconfig.json', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name))
  }
  const source = "import type {} from '"
  for (const path of IMPORTED) write(join(folder, path), 'export {}\n')
  for (const [, from, to] of BREACHES) write(join(folder, from), `${source}${to}'\n`)
  for (const [from, to] of ALLOWED) write(join(folder, from), `${source}${to}'\n`)
  const packages = [...BREACHES.map(([, , to]) => to), ...ALLOWED.map(([, to]) => to)]
  for (const name of packages.filter((to) => !/^[.]|^node:/.test(to))) {
    write(
      join(folder, 'node_modules', name, 'package.json'),
      `{ "name": "${name}", "main": "index.js" }\n`,
    )
    write(join(folder, 'node_modules', name, 'index.js'), '')
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function cruise(folder: string): readonly Violation[] {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const folders = [
    'api',
    'cli',
    'faults',
    'harness',
    'reports',
    'scenarios',
    'suites',
    'targets',
    'test',
  ]
  const text = execFileSync(
    process.execPath,
    // The json reporter exits 0 whatever it finds.
    [cruiser, '--config', RULES, '--output-type', 'json', ...folders],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  const { summary }: { summary: { violations: readonly Violation[] } } = JSON.parse(text)
  return summary.violations
}
