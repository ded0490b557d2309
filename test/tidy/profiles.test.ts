import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { PROFILES } from '../../suites/profiles/index.ts'

test('docs/profiles.md has a column for every profile and a row for every parameter', async () => {
  // A table is padded as its formatter likes.
  const text = (await readFile('docs/profiles.md', 'utf8')).replaceAll(/ +/g, ' ')
  const header = text.split('\n').find((line) => line.startsWith('| parameter')) ?? ''
  for (const { name, policy } of PROFILES) {
    expect(header).toContain(` ${name} `)
    for (const parameter of Object.keys(policy)) expect(text).toContain(`| \`${parameter}\` |`)
  }
})
