import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openHistory } from '../../../harness/history/writer.ts'
import { aFault, aFolder, anObservation, aRound, EVENTS, HEADER, readAll } from './events.ts'

describe('a history', () => {
  test('reads back as it was written, and ends with the footer that closing gave', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    for (const event of EVENTS) await history.write([event])
    const footer = await history.close()
    expect(await readAll(file)).toEqual([...EVENTS, footer])
    expect(footer).toMatchObject({ steps: 3, observed: 3 })
  })
  test('is plain gzip of a JSON value a line, with a digest over every line before the last', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    for (const event of EVENTS) await history.write([event])
    const { digest } = await history.close()
    const lines = gunzipSync(await readFile(file))
      .toString()
      .split('\n')
    expect(lines.pop()).toBe('')
    lines.pop()
    const sum = createHash('sha256').update(lines.map((line) => `${line}\n`).join(''))
    expect(digest).toBe(sum.digest('hex'))
  })
  test('holds a fault event on disk as soon as writing it resolved, with all that came before', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    await history.write([HEADER])
    await history.write([aRound(0, 1)])
    await history.write([anObservation('a')])
    await history.write([aFault('inflicting')])
    expect((await readAll(file)).map(({ kind }) => kind)).toEqual([
      'header',
      'round',
      'observed',
      'fault',
    ])
    await history.abandon()
  })
  test('reaches the disk by the clock, without a fault or a close', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    await history.write([HEADER])
    await expect
      .poll(() =>
        readAll(file).then(
          (events) => events.length,
          () => 0,
        ),
      )
      .toBe(1)
    await history.abandon()
  })
  test('that is abandoned keeps what was written and has no footer', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    for (const event of EVENTS) await history.write([event])
    await history.abandon()
    expect(await readAll(file)).toEqual(EVENTS)
  })
  test('of many events makes the writer wait for the disk and loses none', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    await history.write([HEADER])
    await history.write([aRound(0, 20_000)])
    for (let index = 0; index < 20_000; index++)
      await history.write([anObservation(`s/r0/${index}`)])
    expect(await history.close()).toMatchObject({ steps: 20_000, observed: 20_000 })
    expect(await readAll(file)).toHaveLength(20_003)
  })
  test('takes events that are written without waiting for each other', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const history = openHistory(file)
    await Promise.all(EVENTS.map((event) => history.write([event])))
    await history.close()
    expect((await readAll(file)).slice(0, -1)).toEqual(EVENTS)
  })
})

describe('what cannot be written', () => {
  test('is said with a code and what to do, and again at every later write', async () => {
    const history = openHistory(join(await aFolder(), 'missing', 'history.ndjson.gz'))
    await history.write([HEADER]).catch(() => undefined)
    const failure = expect.objectContaining({
      code: 'ERR_HISTORY_UNWRITABLE',
      message: expect.stringContaining('ENOENT'),
      hint: 'The folder does not exist.',
    })
    await expect(history.write([aFault('inflicting')])).rejects.toEqual(failure)
    await expect(history.write([aRound(0, 0)])).rejects.toEqual(failure)
    await expect(history.close()).rejects.toEqual(failure)
  })
  test('never replaces a history that is there', async () => {
    const file = join(await aFolder(), 'history.ndjson.gz')
    const first = openHistory(file)
    for (const event of EVENTS) await first.write([event])
    await first.abandon()
    const second = openHistory(file)
    await second.write([HEADER]).catch(() => undefined)
    await expect(second.abandon()).rejects.toMatchObject({ code: 'ERR_HISTORY_UNWRITABLE' })
    expect(await readAll(file)).toEqual(EVENTS)
  })
})

describe('a writer refuses', () => {
  test('events before the header, a second header, a footer of somebody else, and anything once closed', async () => {
    const history = openHistory(join(await aFolder(), 'history.ndjson.gz'))
    await expect(history.write([aRound(0, 0)])).rejects.toThrow(RangeError)
    await history.write([HEADER])
    await expect(history.write([HEADER])).rejects.toThrow(RangeError)
    await expect(
      history.write([{ kind: 'footer', steps: 0, observed: 0, digest: '' }]),
    ).rejects.toThrow(RangeError)
    await history.close()
    await expect(history.write([aRound(0, 0)])).rejects.toThrow(RangeError)
    await expect(history.close()).rejects.toThrow(RangeError)
  })
})
