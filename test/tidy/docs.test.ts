/** Goal: what the documents point to is there. */
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { paths, ROOT, textOf } from './tree.ts'

const DOCUMENTS = paths(['*.md', 'docs/*.md', 'targets/**/*.md'])

/** Links to files, relative to the document; those with a scheme, and places within a page, are left out. */
function linked(path: string): readonly string[] {
  const links = [...textOf(path).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(
    ([, link = '']) => link,
  )
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => normalize(join(dirname(path), link)))
}

/** Files of ours that are named in backquotes. */
function named(path: string): readonly string[] {
  const words = [
    ...textOf(path).matchAll(/`((?:test|harness|docs|suites|scenarios)\/[\w./-]+\.\w+)`/g),
  ]
  return words.map(([, name = '']) => name)
}

describe('documents', () => {
  test.each(DOCUMENTS)('%s points to files that are there', (path) => {
    expect(
      [...linked(path), ...named(path)].filter((each) => !existsSync(join(ROOT, each))),
    ).toEqual([])
  })
})
