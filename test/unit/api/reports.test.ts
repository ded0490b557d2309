/** Goal: what breaks one report leaves the run, the record and the other reports as they are. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { report, writeReports } from '../../../api/reports.ts'
import { CupelError } from '../../../harness/errors.ts'
import type { ReportWriter } from '../../../harness/model/report.ts'
import { recordJson } from '../../../reports/record-json.ts'
import { aRecord } from '../reports/records.ts'

const broken: ReportWriter = {
  name: 'broken',
  title: 'Always throws',
  file: 'broken.txt',
  render() {
    throw new TypeError('no such member')
  },
}
const late: ReportWriter = {
  ...broken,
  name: 'late',
  file: 'late.txt',
  render: () => Promise.reject(new Error('too late')),
}
const seed: ReportWriter = {
  name: 'seed',
  title: 'The seed',
  file: 'seed.txt',
  render: (record) => Promise.resolve(record.seed),
}

test('a writer that throws keeps no other from being written, whichever comes first', async () => {
  const put = new Map<string, string>()
  const { files, unwritten } = await writeReports(
    aRecord(),
    [broken, seed, late],
    async (file, text) => {
      put.set(file, text)
    },
  )
  expect(files).toEqual(['seed.txt'])
  expect([...put]).toEqual([['seed.txt', '7']])
  expect(unwritten).toMatchObject({ code: 'ERR_REPORT_FAILED' })
  expect(unwritten?.message).toBe(
    'the report broken (broken.txt) failed: TypeError: no such member\nthe report late (late.txt) failed: Error: too late',
  )
})

test('a disk that does not take one file is tried with the next', async () => {
  const full = new CupelError('ERR_HISTORY_UNWRITABLE', 'no space left')
  const put = (file: string): Promise<void> =>
    file === 'seed.txt' ? Promise.reject(full) : Promise.resolve()
  const { files, unwritten } = await writeReports(
    aRecord(),
    [seed, { ...seed, file: 'again.txt' }],
    put,
  )
  expect(files).toEqual(['again.txt'])
  expect(unwritten).toBe(full)
})

test('reports are written again from a record on disk, which stays as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-report-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const source = recordJson(aRecord())
  await writeFile(join(folder, 'record.json'), source)
  const record: ReportWriter = {
    ...seed,
    name: 'json',
    file: 'record.json',
    render: () => 'not this',
  }

  const beside = await report(folder, { out: null, reports: [record, seed] })
  expect(beside).toMatchObject({ folder, files: ['seed.txt'], unwritten: null })
  expect(await readFile(join(folder, 'record.json'), 'utf8')).toBe(source)

  const out = join(folder, 'elsewhere', 'deep')
  await report(join(folder, 'record.json'), { out, reports: [record, seed] })
  expect(await readdir(out)).toEqual(['record.json', 'seed.txt'])

  await expect(report(join(folder, 'none'), { out: null, reports: [seed] })).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
  })
})
