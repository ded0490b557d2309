/** Goal: what review would have to say of single files, a test says. */
import { describe, expect, test } from 'vitest'
import { paths, sources, textOf } from './tree.ts'

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*([.](d|test|config|schema))?[.][a-z]+$/

/** People expect these as they are. */
const CAPITALS = /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY|CHANGELOG)[.]md$/

const LINES_MAX = 300

/** A folder of somebody's machine. */
const MACHINE_PATH = /(^|[\s'"`(=])\/(home|root|Users|work|mnt|tmp)\/\w/

describe('files', () => {
  test('names are kebab-case', () => {
    const names = [...sources(), ...paths(['docs/**/*', 'scenarios/*', 'tools/*.*', '*.md'])]
    expect(
      names.filter((path) => !nameOf(path).match(KEBAB) && !nameOf(path).match(CAPITALS)),
    ).toEqual([])
  })

  test(`none has more than ${LINES_MAX} lines`, () => {
    expect(sources().filter((path) => textOf(path).split('\n').length > LINES_MAX + 1)).toEqual([])
  })

  test('only harness/entry.ts names a file of ours by URL: elsewhere it would not be found in dist/', () => {
    const named = /new URL\(\s*[`'"][^`'"]*[.](ts|js)[`'"]/
    const built = sources().filter((path) => !path.startsWith('test/'))
    expect(built.filter((path) => named.test(textOf(path)))).toEqual([])
  })

  test('none speaks of a folder of somebody’s machine', () => {
    const all = [
      ...sources(),
      ...paths(['*.md', '*.json', 'docs/**/*', '**/*.yaml', '.ci/*', 'tools/*']),
    ]
    const spoken = all.filter((path) => path !== 'test/tidy/files.test.ts' && path.includes('.'))
    expect(spoken.filter((path) => MACHINE_PATH.test(textOf(path)))).toEqual([])
  })

  test('every module of the engine says what it is for', () => {
    const engine = sources().filter((path) => /^(api|cli|harness|reports)\//.test(path))
    expect(engine.filter((path) => !textOf(path).includes('/**'))).toEqual([])
  })

  test('every rule that is switched off in place says why', () => {
    const unexplained = /(oxlint-disable|eslint-disable|@ts-ignore|@ts-expect-error)(?!.* -- \S)/
    const offenders = sources().filter((path) => path !== 'test/tidy/files.test.ts')
    expect(offenders.filter((path) => unexplained.test(textOf(path)))).toEqual([])
  })
})

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
