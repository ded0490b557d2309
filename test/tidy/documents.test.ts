/** Goal: documents that are made of data say what the data says. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { documents } from '../../tools/documents.ts'

test.each(await documents().then((all) => [...all]))(
  '%s is as `node tools/documents.ts` writes it',
  async (path, text) => {
    expect(await readFile(path, 'utf8')).toBe(text)
  },
)
