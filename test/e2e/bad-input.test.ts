/** Files that are no evidence: each is refused by name, with its line and what to do next, or proves nothing. None passes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { cupel, type Ended } from './command.ts'

type Event = Readonly<Record<string, unknown>>

let folder = ''
let events: readonly Event[] = []
let record: Event = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cupel-bad-'))
  const asked = ['--scenario', 'replay-sequential', '--suite', 'rfc7523/3/exp-past', '--seed', '1']
  const run = await cupel(['run', '--quiet', '--target', 'simulated:reference', ...asked], folder)
  expect(run.code, run.stderr).toBe(0)
  const latest = join(folder, 'out', 'latest')
  const text = gunzipSync(await readFile(join(latest, 'history.ndjson.gz'))).toString()
  events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event)
  record = JSON.parse(await readFile(join(latest, 'record.json'), 'utf8')) as Event
  return () => rm(folder, { recursive: true, force: true })
}, 120_000)

async function written(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

const lines = (all: readonly Event[]): string =>
  all.map((each) => `${JSON.stringify(each)}\n`).join('')

/** The history with its first event of a kind made another; where it stands. */
function changed(kind: string, change: (event: Event) => Event): { text: string; line: number } {
  const index = events.findIndex((each) => each['kind'] === kind)
  const text = lines(events.map((each, at) => (at === index ? change(each) : each)))
  return { text, line: index + 1 }
}

/** Refused as what it is: no trace of a stack, nothing that reads like a verdict. */
function expectRefused({ code, stdout, stderr }: Ended, ...said: readonly string[]): void {
  expect(code, stderr).toBe(254)
  for (const each of said) expect(stderr).toContain(each)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(stdout).not.toContain('conforms')
}

describe('cupel judge', () => {
  const judge = async (name: string, content: string | Buffer): Promise<Ended> =>
    cupel(['judge', await written(name, content)])

  test('takes what was cut off for what it is, and passes nothing of it', async () => {
    const packed = gzipSync(lines(events))
    const torn = lines(events).slice(0, -200)
    const ends = await Promise.all([
      judge('cut.ndjson.gz', packed.subarray(0, Math.round(packed.length * 0.7))),
      judge('torn.ndjson', torn),
      judge('no-footer.ndjson', lines(events.slice(0, -1))),
    ])
    for (const { code, stdout, stderr } of ends) {
      expect(code, stderr).toBe(2)
      expect(stdout).toContain('no footer')
      expect(stderr).not.toMatch(/\n\s+at /)
    }
  })

  test('refuses what was put into another order, told twice, or altered', async () => {
    const seen = events.flatMap(({ kind }, index) => (kind === 'observed' ? [index] : []))
    const [one = 0, other = 0] = seen
    const swapped = events.map(
      (each, at) => events[at === one ? other : at === other ? one : at] ?? each,
    )
    const twice = [...events.slice(0, one + 1), ...events.slice(one)]
    expectRefused(await judge('swapped.ndjson', lines(swapped)), 'swapped.ndjson, line', 'digest')
    expectRefused(
      await judge('twice.ndjson', lines(twice)),
      `twice.ndjson, line ${one + 2}`,
      'was observed before',
      'as the run wrote it',
    )
    const late = changed('observed', (each) => ({
      ...each,
      answeredUs: Number(each['answeredUs']) + 60e6,
    }))
    expectRefused(
      await judge('late.ndjson', late.text),
      'late.ndjson, line',
      'answered over 30 s before',
      'ERR_HISTORY_DISORDERED',
    )
  })

  test('refuses what is foreign, and what a newer version wrote', async () => {
    expectRefused(
      await judge('log.ndjson', '{"level":30,"msg":"hello"}\n'),
      'log.ndjson, line 1',
      'no header of a history',
    )
    const newer = changed('header', (each) => ({ ...each, format: 2 }))
    expectRefused(
      await judge('newer.ndjson', newer.text),
      'newer.ndjson has format 2',
      'with the version that wrote it',
      'ERR_HISTORY_FORMAT',
    )
    const unjudged = changed('header', (each) => ({ ...each, judging: {} }))
    expectRefused(await judge('unjudged.ndjson', unjudged.text), 'nothing to judge by')
  })

  test('refuses times that are none, and a clock that went backwards, with line and what was expected', async () => {
    const nan = changed('observed', (each) => ({ ...each, begunUs: 'NaN' }))
    expectRefused(
      await judge('nan.ndjson', nan.text),
      `nan.ndjson, line ${nan.line}`,
      'its begunUs is "NaN"; expected a time in microseconds or null',
    )
    const back = changed('observed', (each) => ({
      ...each,
      answeredUs: Number(each['begunUs']) - 1,
    }))
    expectRefused(
      await judge('back.ndjson', back.text),
      `back.ndjson, line ${back.line}`,
      'its answer came before it was begun',
    )
    const clock = changed('clock', (each) => ({ ...each, lowUs: 2, highUs: 1 }))
    expectRefused(
      await judge('clock.ndjson', clock.text),
      `clock.ndjson, line ${clock.line}`,
      'further ahead at the least than at the most',
    )
  })
})

describe('records', () => {
  const bad = (name: string): Promise<string> =>
    written(
      `${name}.json`,
      {
        cut: JSON.stringify(record).slice(0, -100),
        foreign: '{"name":"cupel","version":"1"}',
        newer: JSON.stringify({ ...record, format: 99 }),
        nan: JSON.stringify(record).replace('"format":1', '"format":NaN'),
        endless: JSON.stringify({ ...record, complete: false }),
      }[name] ?? '',
    )

  test.each([
    ['cut', 'cut.json is no record: expected JSON'],
    ['foreign', 'foreign.json is no record: format: expected'],
    ['newer', 'newer.json is a record of format 99; this version reads format 1'],
    ['nan', 'nan.json is no record: expected JSON'],
  ])('that are %s are refused by every command that reads them', async (name, said) => {
    const [file, good] = await Promise.all([
      bad(name),
      written('good.json', JSON.stringify(record)),
    ])
    const out = join(folder, `out-of-${name}`)
    const ends = await Promise.all([
      cupel(['compare', good, file]),
      cupel(['merge', good, file, '--out', out]),
      cupel(['report', file, '--out', out]),
    ])
    for (const each of ends) expectRefused(each, said)
  })

  test('of a run without an end are compared with nothing and merged into nothing', async () => {
    const [file, good] = await Promise.all([
      bad('endless'),
      written('whole.json', JSON.stringify(record)),
    ])
    // The harness did what it could: nothing is known, which is no wrong usage.
    const compared = await cupel(['compare', good, file])
    expect(compared.code).toBe(2)
    expect(compared.stderr).toContain('ERR_RECORD_INCOMPLETE')
    const merged = await cupel(['merge', good, file, '--out', join(folder, 'none')])
    expect([2, 254]).toContain(merged.code)
    expect(merged.stderr).toContain('end')
    for (const { stdout, stderr } of [compared, merged]) {
      expect(stdout).not.toContain('conforms')
      expect(stderr).not.toMatch(/\n\s+at /)
    }
  })
})
