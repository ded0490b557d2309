/** The source tree as the tidy tests see it. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** The folders of TypeScript that are ours. */
export const FOLDERS = [
  'api',
  'bench',
  'cli',
  'faults',
  'harness',
  'reports',
  'scenarios',
  'suites',
  'targets',
  'test',
  'tools',
] as const

/** Paths below the root that match, sorted, with forward slashes. */
export function paths(pattern: string | readonly string[]): readonly string[] {
  const found = globSync(pattern, { cwd: ROOT, exclude: ['node_modules/**', 'dist/**', 'out/**'] })
  return found.map((path) => path.replaceAll('\\', '/')).toSorted()
}

/** All TypeScript files of the project. */
export function sources(): readonly string[] {
  return paths([...FOLDERS.map((folder) => `${folder}/**/*.ts`), '*.config.ts'])
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** A file's name without its folder and ending. */
export function stem(path: string): string {
  return path.replace(/^.*\//, '').replace(/[.][a-z]+$/, '')
}
