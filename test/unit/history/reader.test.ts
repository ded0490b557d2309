import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import { openHistory } from '../../../harness/history/writer.ts'
import { aFault, aFolder, anObservation, aRound, EVENTS, HEADER, readAll } from './events.ts'

describe('a history that was cut off', () => {
  test('anywhere gives some of its events in order, never an error and never a footer', async () => {
    const file = await whole()
    const bytes = await readFile(file)
    const cut = `${file}.cut.gz`
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: bytes.length - 20 }), async (length) => {
        await writeFile(cut, bytes.subarray(0, length))
        const events = await readAll(cut)
        expect(events).toEqual(EVENTS.slice(0, events.length))
      }),
      { numRuns: 60 },
    )
  })
  test('in the middle of a line drops that line only', async () => {
    const file = await written([...EVENTS.map(line), '{"kind":"conclu'].join(''))
    expect(await readAll(file)).toEqual(EVENTS)
  })
  test('in the middle of a character drops that line only', async () => {
    const file = join(await aFolder(), 'h.ndjson')
    const text = Buffer.from(`${line(HEADER)}${line(anObservation('a'))}`)
    await writeFile(file, text)
    await truncate(file, text.indexOf('é') + 1)
    expect(await readAll(file)).toEqual([HEADER])
  })
  test('before its header is no history', async () => {
    const file = join(await aFolder(), 'h.ndjson.gz')
    await writeFile(file, gzipSync(line(HEADER)).subarray(0, 12))
    await expect(readAll(file)).rejects.toMatchObject({ code: 'ERR_HISTORY_UNREADABLE' })
    await expect(readAll(await written(line(HEADER).slice(0, 40)))).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNREADABLE',
      message: expect.stringContaining('there is no header'),
    })
  })
  test('only in its last line feed is whole', async () => {
    const text = gunzipSync(await readFile(await whole())).toString()
    const events = await readAll(await written(text.slice(0, -1)))
    expect(events.at(-1)?.kind).toBe('footer')
  })
})

describe('a footer', () => {
  test('with another count is refused', async () => {
    const footer: HistoryEvent = { kind: 'footer', steps: 3, observed: 2, digest: '' }
    await expect(
      readAll(await written([...EVENTS, footer].map(line).join(''))),
    ).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNREADABLE',
      message: expect.stringContaining('counts 3 steps and 2 observations, the file 3 and 3'),
    })
  })
  test('no longer fits when one digit before it changed', async () => {
    const text = gunzipSync(await readFile(await whole())).toString()
    const forged = text.replace('"status":401', '"status":200')
    expect(forged).not.toBe(text)
    await expect(readAll(await written(forged))).rejects.toThrow(
      'the digest of the footer is another one',
    )
  })
  test('is the end', async () => {
    const text = gunzipSync(await readFile(await whole())).toString()
    await expect(readAll(await written(text + line(aRound(2, 0))))).rejects.toThrow(
      'something follows the footer',
    )
  })
})

describe('a first line', () => {
  test('of a newer format names that format and ours', async () => {
    const file = await written('{"kind":"header","format":2,"whatever":1}\n')
    await expect(readAll(file)).rejects.toMatchObject({
      code: 'ERR_HISTORY_FORMAT',
      message: expect.stringMatching(/format 2.*format 1/),
    })
  })
  test.each([
    ['another program’s line', '{"level":30,"msg":"hello"}\n'],
    ['an event', line(aRound(0, 1))],
    ['no JSON', 'hello\n{}\n'],
    ['an array', '[]\n'],
    ['a header without a format', '{"kind":"header"}\n'],
    ['a header of format "1"', line({ ...HEADER, format: '1' })],
    ['a header without a run id', line({ ...HEADER, runId: undefined })],
    ['nothing', ''],
  ])('that is %s makes it no history', async (_, text) => {
    await expect(readAll(await written(text))).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNREADABLE',
    })
  })
})

describe('a line', () => {
  const good = anObservation('a')
  const [PART] = good.presented
  test.each([
    ['of no known kind', { kind: 'rumour' }, 'no event is of kind "rumour"'],
    ['with a stamp in words', { ...good, begunUs: 'soon' }, 'its begunUs is "soon"'],
    ['with a due time that NaN became', { ...good, dueUs: Number.NaN }, 'its dueUs is null'],
    [
      'begun after it was released',
      { ...good, begunUs: 9 },
      'its first byte was written after its last',
    ],
    [
      'answered before it was begun: a clock went backwards',
      { ...good, answeredUs: 0, begunUs: 2, releasedUs: 3 },
      'its answer came before it was begun',
    ],
    ['without an answer', { ...good, answer: undefined }, 'its answer is missing'],
    [
      'with an answer of no known kind',
      { ...good, answer: { kind: 'maybe' } },
      'no answer is of kind "maybe"',
    ],
    [
      'with a part that has no key, not even none',
      { ...good, presented: [{ part: 'p', usage: 'dpop-proof', last: true, truth: {} }] },
      'its key is missing',
    ],
    [
      'with a part of no known usage',
      { ...good, presented: [{ ...PART, usage: 'u' }] },
      'its usage is "u"; expected a usage that there is',
    ],
    [
      'with a part of which nobody says whether its issuer signed it',
      { ...good, presented: [{ ...PART, truth: { ...PART?.truth, authentic: undefined } }] },
      'its authentic is missing; expected true or false',
    ],
    [
      'with an answer to what was never begun',
      { ...good, begunUs: null, releasedUs: null },
      'it was answered, and nobody says when it was begun and answered',
    ],
    [
      'of a fault at a stage that there is not',
      { ...aFault('inflicting'), stage: 'inflictng' },
      'its stage is "inflictng"; expected a stage of a fault',
    ],
    [
      'of a clock between bounds that are the wrong way round',
      { kind: 'clock', node: 'n', source: 'hook', atUs: 1, lowUs: 2, highUs: 1 },
      'its clock is further ahead at the least than at the most',
    ],
    ['that is a second header', HEADER, 'there is a second header'],
    ['that is a number', 5, 'it is no JSON object'],
    ['from a prototype', { kind: 'toString' }, 'no event is of kind "toString"'],
  ])('%s is refused by its number', async (_, value, message) => {
    const file = await written([HEADER, aRound(0, 1), value, good].map(line).join(''))
    await expect(readAll(file)).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNREADABLE',
      message: expect.stringContaining(`h.ndjson, line 3: ${message}`),
    })
  })
  test('that holds NaN is no JSON and refused, unless it is the torn last one', async () => {
    const nan = line(good).replace('"dueUs":1', '"dueUs":NaN')
    await expect(readAll(await written(`${line(HEADER)}${nan}`))).rejects.toThrow('line 2')
    expect(await readAll(await written(`${line(HEADER)}${nan.trimEnd()}`))).toEqual([HEADER])
  })
})

describe('a line far longer than what is read at once', () => {
  test('is read like any other', async () => {
    const events = [HEADER, aRound(0, 1), { ...anObservation('a'), caseId: 'é'.repeat(300_000) }]
    expect(await readAll(await written(events.map(line).join('')))).toEqual(events)
  })
  test('is refused before all of it was read, when it does not end', async () => {
    const file = await written(`${line(HEADER)}${' '.repeat(17 << 20)}`)
    await expect(readAll(file)).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNREADABLE',
      message: expect.stringContaining('line 2: it is longer than any event'),
    })
  })
})

describe('one step', () => {
  test('observed twice at the same attempt is refused', async () => {
    const events = [HEADER, aRound(0, 1), anObservation('a'), anObservation('a')]
    await expect(readAll(await written(events.map(line).join('')))).rejects.toThrow(
      'line 4: a, attempt 1, was observed before',
    )
  })
  test('may be observed at a second attempt, and its name used by another scenario', async () => {
    const events = [
      HEADER,
      aRound(0, 1),
      anObservation('a'),
      anObservation('a', { attempt: 2 }),
      anObservation('a', { scenario: 'other' }),
    ]
    expect(await readAll(await written(events.map(line).join('')))).toEqual(events)
  })
})

describe('the order of a history', () => {
  const answered = (step: string, seconds: number) =>
    anObservation(step, {
      begunUs: seconds * 1e6,
      releasedUs: seconds * 1e6,
      answeredUs: seconds * 1e6,
    })

  test('may differ from that of the answers by as long as a time-out lasts', async () => {
    const events = [HEADER, aRound(0, 2), answered('b', 40), answered('a', 20)]
    expect(await readAll(await written(events.map(line).join('')))).toEqual(events)
  })
  test('is refused by its name where it differs by more', async () => {
    const events = [HEADER, aRound(0, 2), answered('b', 80), answered('a', 20)]
    await expect(readAll(await written(events.map(line).join('')))).rejects.toMatchObject({
      code: 'ERR_HISTORY_DISORDERED',
      message: expect.stringContaining('line 4: it was answered over 30 s before a line above it'),
    })
  })
})

describe('a file', () => {
  test('that is not there is said so', async () => {
    await expect(readAll(join(await aFolder(), 'none.ndjson.gz'))).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNREADABLE',
      message: expect.stringContaining('there is no history'),
    })
  })
  test('that is called .gz and is not is said so', async () => {
    const file = join(await aFolder(), 'h.ndjson.gz')
    await writeFile(file, line(HEADER))
    await expect(readAll(file)).rejects.toMatchObject({ code: 'ERR_HISTORY_UNREADABLE' })
  })
  test('damaged in the middle is refused, not read around', async () => {
    const file = await whole()
    const bytes = await readFile(file)
    bytes.fill(0xff, 60, 90)
    await writeFile(file, bytes)
    await expect(readAll(file)).rejects.toMatchObject({ code: 'ERR_HISTORY_UNREADABLE' })
  })
})

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

async function written(text: string): Promise<string> {
  const file = join(await aFolder(), 'h.ndjson')
  await writeFile(file, text)
  return file
}

/** The whole short history, with its footer. */
async function whole(): Promise<string> {
  const file = join(await aFolder(), 'h.ndjson.gz')
  const history = openHistory(file)
  for (const event of EVENTS) await history.write([event])
  await history.close()
  return file
}
