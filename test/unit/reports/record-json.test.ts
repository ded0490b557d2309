import { expect, test } from 'vitest'
import { recordJson } from '../../../reports/record-json.ts'
import { aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

test('the file is as in its snapshot', async () => {
  await expect(recordJson(SORRY)).toMatchFileSnapshot('__outputs__/record.json')
})

test('reads back as the same record', () => {
  expect(JSON.parse(recordJson(SORRY))).toEqual(SORRY)
})

test('begins with its format, wherever the record has it', () => {
  const { format, ...rest } = aRecord()
  expect(recordJson({ ...rest, format })).toBe(recordJson(aRecord()))
  expect(recordJson({ ...rest, format }).startsWith('{\n  "format": 1,\n')).toBe(true)
})

test('holds no character that an editor shows as something else', () => {
  expect(recordJson(SORRY)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
  const tag = aRecord({ notes: ['\u{e0041}'] })
  expect(JSON.parse(recordJson(tag))).toEqual(tag)
})
