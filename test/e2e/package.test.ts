/** Goal: what `npm pack` makes works where there is nothing but it. Method: pack, install into an empty folder, use it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** As a user who has this Node and no other package. */
const ENV = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  NO_COLOR: '1',
}

const QUIET = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']

const USER_SCENARIO = `import type { Scenario } from 'cupel/model'
export type Question = Scenario['question']
`

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-package-'))
  let tarball = ''
  const inFolder = (command: string, ...options: readonly string[]): string =>
    output(command, options, folder)
  const withTool = (path: string, ...options: readonly string[]): string =>
    output(process.execPath, [join(ROOT, 'node_modules', path), ...options], folder)

  beforeAll(() => {
    const told = output('npm', ['pack', '--json', '--pack-destination', folder], ROOT)
    tarball = join(folder, /"filename": "(?<name>[^"]+)"/.exec(told)?.groups?.['name'] ?? 'none')
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    inFolder('npm', 'install', ...QUIET, tarball)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('`npx cupel run` asks the embedded target and exits 0', () => {
    const some = ['--suite', 'rfc7523/**', '--scenario', 'replay-race', '--scenario', 'clock-skew']
    inFolder('npx', '--no-install', 'cupel', 'run', '--seed', '1', ...some)
    const record: unknown = JSON.parse(readFileSync(join(folder, 'out/latest/record.json'), 'utf8'))
    expect(record).toMatchObject({ format: 1, seed: '1', verdict: 'conforms', complete: true })
  })

  test('`npx cupel init` names a schema that is there, and `doctor` looks at the machine', () => {
    const here = ['--endpoint', 'http://127.0.0.1:1/token', '--issuer', 'http://127.0.0.1:1']
    inFolder('npx', '--no-install', 'cupel', 'init', 'mine', ...here)
    const [first = ''] = readFileSync(join(folder, 'mine/target.yaml'), 'utf8').split('\n')
    const [, schema = 'none'] = /[$]schema=(.+)$/.exec(first) ?? []
    expect(schema).toBe('../node_modules/cupel/schema/target.schema.json')
    expect(existsSync(join(folder, 'mine', schema))).toBe(true)
    const report: unknown = JSON.parse(inFolder('npx', '--no-install', 'cupel', 'doctor', '--json'))
    expect(report).toMatchObject({ format: 1, ready: 'ready', target: null })
  })

  test('a scenario of the user’s own is type-checked against the package', () => {
    writeFileSync(join(folder, 'mine.ts'), USER_SCENARIO)
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024']
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')]
    expect(withTool('typescript/bin/tsc', ...strict, ...types, 'mine.ts')).toBe('')
  })

  test('publint and attw find nothing: its entries and their types resolve', () => {
    withTool('publint/src/cli.js', 'run', tarball, '--strict')
    withTool('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only')
  })

  test('holds neither sources, tests nor the laboratory', () => {
    const files = inFolder('tar', '-tzf', tarball).trimEnd().split('\n')
    expect(files).toContain('package/dist/cli/main.js')
    expect(files).toContain('package/dist/harness/drive/mint-worker.js')
    expect(files).toContain('package/dist/harness/wire/sending-worker.js')
    expect(files).toContain('package/dist/scenarios/replay-across-nodes.yaml')
    const expected = /^package\/(dist\/|schema\/|package[.]json$|(LICENSE|[A-Z]+[.]md)$)/
    expect(files.filter((path) => !expected.test(path))).toEqual([])
    const foreign = /\/dist\/(test|tools|bench)\/|\/lab\/|(?<![.]d)[.]ts$/
    expect(files.filter((path) => foreign.test(path))).toEqual([])
  })
})

/** Standard output of what must exit with 0. */
function output(command: string, options: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, options, {
    cwd,
    encoding: 'utf8',
    env: ENV,
  })
  if (status === 0) return stdout
  throw new Error(`${command} ${options.join(' ')} exited with ${status}:\n${stdout}${stderr}`)
}
