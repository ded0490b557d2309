/**
 * Goal: `--help` comes at once. Method: a hook in the process lists every module that is loaded; there may be commander, the
 * command line's own the two tables it prints from (exit codes, error codes) and the version, and nothing else.
 */
import { spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from './tree.ts'

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

function loadedBy(options: readonly string[]): readonly string[] {
  const main = join(ROOT, 'cli/main.ts')
  const { stderr } = spawnSync(process.execPath, [...options, main, '--help'], { encoding: 'utf8' })
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('loaded file:'))
    .map((line) => relative(ROOT, fileURLToPath(line.slice('loaded '.length))))
}
