/** Goal: the workshop itself stays in order. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import config from '../../vitest.config.ts'
import manifest from '../../package.json' with { type: 'json' }
import { ROOT, paths } from './tree.ts'

interface Listed {
  readonly projectName: string
}

describe('package.json', () => {
  test('pins every version exactly, since a newer one has broken `npm ci` before', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(
      versions.filter(([, version]) => !/^(npm:[a-z-]+@)?\d+[.]\d+[.]\d+$/.test(version)),
    ).toEqual([])
  })

  test('lets node unpack itself, where npm allows no install script that is not named', () => {
    expect(manifest.allowScripts).toEqual({ node: true })
  })

  test('lints and cruises every folder of ours', () => {
    const folders = new Set(paths('*/**/*.ts').map((path) => path.slice(0, path.indexOf('/'))))
    for (const script of [manifest.scripts.lint, manifest.scripts.deps]) {
      const named = new Set(script.split(' '))
      const expected =
        script === manifest.scripts.deps
          ? [...folders].filter((each) => each !== 'tools')
          : [...folders]
      expect(expected.filter((folder) => !named.has(folder))).toEqual([])
    }
  })
})

describe('vitest', () => {
  const names = (config.test?.projects ?? []).map((each) =>
    Reflect.get(Reflect.get(Object(each), 'test'), 'name'),
  )

  test('every project has a test: an empty one would pass in silence', () => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
    const text = execFileSync(process.execPath, [vitest, 'list', '--filesOnly', '--json'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    const listed: readonly Listed[] = JSON.parse(text)
    const found = new Set(listed.map(({ projectName }) => projectName))
    expect(names).not.toEqual([])
    expect(names.filter((name) => !found.has(name))).toEqual([])
  })
})
