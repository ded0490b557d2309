/** Goal: what lies in a content folder runs. A file that is not in its folder's list would be dead, and nobody would see it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../faults/index.ts'
import { SCENARIOS } from '../../scenarios/index.ts'
import { CHECKS } from '../../suites/index.ts'
import { PROFILES } from '../../suites/profiles/index.ts'
import { PROPERTIES } from '../../suites/properties/index.ts'
import { FLAWS } from '../../targets/flawed/index.ts'
import { ROOT, paths, stem, textOf } from './tree.ts'

/** Section files begin with their section: `s3-1-authorization-grants.ts` is section 3.1, and holds what is in 3.1.1. */
const SECTION_FILE = /^suites\/(?<document>[^/]+)\/s(?<section>\d+(-\d+)*)-[a-z]/

const SECTION_FILES = paths('suites/*/s[0-9]*.ts')
const PROFILE_FILES = paths('suites/profiles/*.ts').filter((path) => !path.endsWith('/index.ts'))

describe('suites', () => {
  test.each(SECTION_FILES)(
    'every check of %s is in the index and bears its document and section',
    async (path) => {
      const { document, section } = path.match(SECTION_FILE)?.groups ?? {}
      const checks = lists(await load(path)).filter((each) => 'id' in each && 'cases' in each)
      expect(checks).not.toEqual([])
      expect(checks.filter((check) => !isIn(CHECKS, check))).toEqual([])
      const prefix = `${document}/${section?.replaceAll('-', '.')}`
      expect(
        checks
          .map((check) => String(Reflect.get(check, 'id')))
          .filter((id) => !id.startsWith(`${prefix}/`) && !id.startsWith(`${prefix}.`)),
      ).toEqual([])
    },
  )

  test('the index holds no check from elsewhere', async () => {
    const modules = await Promise.all(SECTION_FILES.map(load))
    const known = modules.flatMap(lists)
    expect(CHECKS.filter((check) => !isIn(known, check))).toEqual([])
  })

  test.each(PROFILE_FILES)('%s is in the index of profiles, under its own name', (path) => {
    expect(PROFILES.map(({ name }) => name)).toContain(stem(path))
  })
})

test('every file of suites/properties is in its index', () => {
  const files = paths('suites/properties/*.ts')
    .map(stem)
    .filter((name) => name !== 'index')
  expect(PROPERTIES.map(({ name }) => name.replace('property-', ''))).toEqual(files)
})

describe('scenarios, faults and flaws', () => {
  test.each([
    ['scenarios', paths(['scenarios/*.ts', 'scenarios/*.yaml']), SCENARIOS],
    ['faults', paths('faults/*.ts'), FAULTS],
    ['flaws', paths('targets/flawed/*.ts'), FLAWS],
  ])('every file of %s is in its index, named as what it holds', (_, files, listed) => {
    const named = new Set([...listed].map(nameOf).map((name) => name.replaceAll('.', '-')))
    expect(new Set(files.filter(holdsOne).map(stem))).toEqual(named)
  })
})

test('`cupel/model` has every noun there is', () => {
  const named = [...textOf('api/model.ts').matchAll(/'[.][.]\/(.*)'/g)].map(([, path]) => path)
  expect(new Set(named)).toEqual(new Set(paths('harness/model/*.ts')))
})

/** Beside them lie their index, their type and what they share. */
function holdsOne(path: string): boolean {
  return /satisfies Scenario$|: (Fault|Flaw)(<[^>]*>)? = (\{|levered\(.*)$|^question: /m.test(
    textOf(path),
  )
}

/** A member of an index is a value, or the URL of a file that holds one. */
function nameOf(listed: { readonly name: string } | URL): string {
  if (!(listed instanceof URL)) return listed.name
  return /^name: (\S+)$/m.exec(readFileSync(listed, 'utf8'))?.[1] ?? listed.href
}

function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  return import(join(ROOT, path))
}

/** The members of all exported lists. */
function lists(module: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.values(module)
    .filter(Array.isArray)
    .flat()
    .filter((each: unknown) => typeof each === 'object' && each !== null)
}

function isIn(list: readonly object[], member: object): boolean {
  return list.includes(member)
}
