/** Makes `dist/`, which npm publishes: the sources compiled, and beside them the data files that tsc leaves behind. */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')

/** Files that are read at run time, next to the module that reads them. */
const DATA = ['scenarios/*.yaml', 'targets/keys/*.jwk']

rmSync(DIST, { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
})
for (const file of globSync(DATA, { cwd: ROOT })) cpSync(join(ROOT, file), join(DIST, file))
process.exitCode = status ?? 1
