/** Goal: what `npm pack` makes works where there is nothing but it. Method: pack, install into an empty folder, use it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-package-'))
  let tarball = ''

  beforeAll(() => {
    const packed = ran('npm', ['pack', '--json', '--pack-destination', folder], ROOT)
    expect(packed).toMatchObject({ status: 0 })
    // The build may print before npm does.
    const [entry]: readonly { filename: string }[] = JSON.parse(
      packed.stdout.slice(packed.stdout.indexOf('[\n')),
    )
    tarball = join(folder, entry?.filename ?? '')
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    expect(ran('npm', ['install', ...options, tarball], folder)).toMatchObject({ status: 0 })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('`npx cupel run` asks the embedded target and exits 0', () => {
    const { status, stdout, stderr } = ran(
      'npx',
      ['--no-install', 'cupel', 'run', '--seed', '1'],
      folder,
    )
    expect({ status, told: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, told: '' })
    const record: unknown = JSON.parse(readFileSync(join(folder, 'out/latest/record.json'), 'utf8'))
    expect(record).toMatchObject({
      format: 1,
      seed: '1',
      verdict: 'conforms',
      exitCode: 0,
      complete: true,
    })
  })

  test('a scenario of the user’s own type-checks against the package', () => {
    writeFileSync(
      join(folder, 'mine.ts'),
      "import type { Scenario } from 'cupel/model'\nexport type Mine = Scenario['name']\n",
    )
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024',
      '--types',
      'node',
      '--typeRoots',
      join(ROOT, 'node_modules/@types'),
    ]
    expect(ran(process.execPath, [tsc, ...options, 'mine.ts'], folder)).toMatchObject({
      status: 0,
      stdout: '',
    })
  })

  test('publint finds nothing', () => {
    const publint = join(ROOT, 'node_modules/publint/src/cli.js')
    expect(ran(process.execPath, [publint, 'run', tarball, '--strict'], folder)).toMatchObject({
      status: 0,
    })
  })

  test('its types resolve wherever ES modules do', () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    expect(ran(process.execPath, [attw, tarball, '--profile', 'esm-only'], folder)).toMatchObject({
      status: 0,
    })
  })

  test('holds neither sources, tests nor the laboratory', () => {
    const { stdout } = ran('tar', ['-tzf', tarball], folder)
    const files = stdout.split('\n').filter((path) => path !== '')
    expect(files).toContain('package/dist/cli/main.js')
    expect(files).toContain('package/dist/harness/drive/mint-worker.js')
    expect(files).toContain('package/dist/scenarios/replay-across-nodes.yaml')
    expect(
      files.filter((path) => !/^package\/(dist\/|package[.]json|[A-Z]+([.]md)?$)/.test(path)),
    ).toEqual([])
    expect(
      files.filter((path) => /\/dist\/(test|tools|bench)\/|\/lab\/|(?<![.]d)[.]ts$/.test(path)),
    ).toEqual([])
  })
})

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function ran(command: string, options: readonly string[], cwd: string): Ran {
  const { status, stdout, stderr } = spawnSync(command, options, {
    cwd,
    encoding: 'utf8',
    env: ENV,
  })
  return { status, stdout, stderr }
}
