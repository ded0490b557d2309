/**
 * Goal: `--help` comes at once. Method: a hook in the process lists every module that is loaded; there may be commander, the
 * command line's own the two tables it prints from (exit codes, error codes) and the version, and nothing else.
 */
import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from './tree.ts'

const MAIN = join(ROOT, 'cli/main.ts')

test('`cli/main.ts --help` loads commander, the command line’s own modules, two tables and the version', () => {
  const hook = `
    import { registerHooks } from 'node:module'
    import { writeSync } from 'node:fs'
    registerHooks({ load(url, context, next) { writeSync(2, 'loaded ' + url + '\\n'); return next(url, context) } })`
  const loaded = loadedBy(['--import', `data:text/javascript,${encodeURIComponent(hook)}`])
  expect(loaded).toContain('cli/main.ts')
  const light =
    /^cli\/|^node_modules\/commander\/|^api\/version[.]ts$|^harness\/(errors|json|tally\/verdict)[.]ts$/
  expect(loaded.filter((path) => !light.test(path))).toEqual([])
})

test('what it loads is kept compiled with the dependencies, unless that is turned off', () => {
  expect(keptIn({})).toBe(join(ROOT, 'node_modules/.cache/cupel'))
  expect(keptIn({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBeUndefined()
})

/** The folder, without that of Node's own below it. */
function keptIn(environment: Readonly<Record<string, string>>): string | undefined {
  const hook = `
    import { getCompileCacheDir } from 'node:module'
    import { writeSync } from 'node:fs'
    process.on('exit', () => writeSync(2, 'kept in ' + getCompileCacheDir() + '\\n'))`
  const plain = { NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined }
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, MAIN, '--help'],
    { encoding: 'utf8', env: { ...process.env, ...plain, ...environment } },
  )
  const [, path] = /^kept in (.*)$/m.exec(stderr) ?? []
  return path === undefined || path === 'undefined' ? undefined : dirname(path)
}

function loadedBy(options: readonly string[]): readonly string[] {
  const { stderr } = spawnSync(process.execPath, [...options, MAIN, '--help'], { encoding: 'utf8' })
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('loaded file:'))
    .map((line) => relative(ROOT, fileURLToPath(line.slice('loaded '.length))))
}
