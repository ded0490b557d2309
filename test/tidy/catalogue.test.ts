/** Goal: ids are promises. Each is well formed, unique, and means something that exists. */
import { describe, expect, test } from 'vitest'
import { FINDINGS } from '../../harness/findings.ts'
import { FAULTS } from '../../faults/index.ts'
import { CHECKS } from '../../suites/index.ts'
import { PROFILES } from '../../suites/profiles/index.ts'
import { FLAWS } from '../../targets/flawed/index.ts'
import { paths, sources, stem, textOf } from './tree.ts'

const SLUG = '[a-z0-9]+(-[a-z0-9]+)*'
const CHECK_ID = new RegExp(`^${SLUG}/\\d+([.]\\d+)*/${SLUG}$`)
const FINDING_ID = new RegExp(`^${SLUG}/${SLUG}$`)
const NAME = new RegExp(`^${SLUG}([.]${SLUG})?$`)

/** Whatever stands in quotes and looks like a finding's id, in the sources that may name one. */
const NAMED_IN_SOURCE = new RegExp(`['"\`](${areas().join('|')})/(${SLUG})['"\`]`, 'g')

describe('checks', () => {
  test('ids are document/section/slug and unique', () => {
    const ids = CHECKS.map(({ id }) => id)
    expect(ids.filter((id) => !CHECK_ID.test(id))).toEqual([])
    expect(repeated(ids)).toEqual([])
  })

  test.each(CHECKS)(
    '$id: its cases and steps have their own names, and expectations name a step',
    ({ cases }) => {
      expect(cases).not.toEqual([])
      expect(repeated(cases.map(({ name }) => name))).toEqual([])
      for (const { name, steps, expects } of cases) {
        const names = steps.map((step) => step.name)
        expect([name, ...names].filter((each) => !NAME.test(each))).toEqual([])
        expect(repeated(names)).toEqual([])
        expect(expects.map(({ step }) => step).filter((step) => !names.includes(step))).toEqual([])
      }
    },
  )

  test('what rests on a step rests on one that a row tells of, or it could never convict', () => {
    const resting = CHECKS.flatMap(({ id, cases }) =>
      cases.flatMap(({ name, expects }) =>
        expects.flatMap(({ step, onceAccepted: on }) =>
          on === undefined ? [] : [{ what: `${id}:${name}/${step}`, on, expects }],
        ),
      ),
    )
    const loose = resting.filter(({ on, expects }) => !expects.some(({ step }) => step === on))
    expect(loose.map(({ what }) => what)).toEqual([])
    // A token is good still where its revocation was refused, or nobody heard of it.
    expect(resting.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^rfc7009[/]2[.]1[/]revoke:.*[/]after$/),
        expect.stringMatching(/^rfc7009[/]2[.]1[/]hint:.*[/]after$/),
      ]),
    )
  })

  test.each(CHECKS)(
    '$id: the requirement is a sentence, and its section names the document',
    (check) => {
      expect(check.requirement).toMatch(/^\P{Ll}.{20,}[.]$/su)
      expect(check.section).toMatch(/§\s?\d/)
    },
  )
})

describe('names', () => {
  test.each([
    ['faults', FAULTS.map(({ name }) => name)],
    ['flaws', FLAWS.map(({ name }) => name)],
    ['profiles', PROFILES.map(({ name }) => name)],
    ['scenarios', paths(['scenarios/*.ts', 'scenarios/*.yaml']).map(stem)],
  ])('%s are well formed and unique', (_, all) => {
    const names = all.filter((name) => name !== 'index')
    expect(names.filter((name) => !NAME.test(name))).toEqual([])
    expect(repeated(names)).toEqual([])
  })
})

describe('findings', () => {
  const known = [...FINDINGS.keys()]

  test('ids are area/what-is-wrong', () => {
    expect(known.filter((id) => !FINDING_ID.test(id))).toEqual([])
  })

  test('every finding that a check, a flaw or the oracle names is in the catalogue', () => {
    const named = [...ofContent(), ...ofSources()]
    expect([...new Set(named)].filter((id) => !FINDINGS.has(id))).toEqual([])
  })

  test('every finding of the catalogue can be made', () => {
    const named = new Set([...ofContent(), ...ofSources()])
    expect(known.filter((id) => !named.has(id))).toEqual([])
  })

  test.each(FLAWS)(
    'flaw $name is found as something that exists, or says what it awaits',
    ({ caughtBy, notedAs = [], may, awaits }) => {
      const found = [...caughtBy, ...notedAs]
      expect(found.length === 0).toBe(awaits !== undefined)
      expect([...found, ...may].filter((id) => !FINDINGS.has(id))).toEqual([])
      expect(may.filter((id) => found.includes(id))).toEqual([])
    },
  )
})

function areas(): readonly string[] {
  return [...new Set([...FINDINGS.keys()].map((id) => id.slice(0, id.indexOf('/'))))]
}

function ofContent(): readonly string[] {
  return CHECKS.flatMap(({ finding, cases }) => [
    finding,
    ...cases.flatMap(({ finding: its, refusal }) =>
      [its, refusal].filter((id) => id !== undefined),
    ),
  ])
}

function ofSources(): readonly string[] {
  return sources()
    .filter((path) => path.startsWith('harness/oracle/') || path.startsWith('harness/tally/'))
    .flatMap((path) =>
      [...textOf(path).matchAll(NAMED_IN_SOURCE)].map(([, area, what]) => `${area}/${what}`),
    )
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}
