/** What is an answer and what is none, by hand; and a second opinion: whatever is one here is the same one to Node. */
import { Duplex } from 'node:stream'
import { request } from 'node:http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResponseReader } from '../../../harness/wire/response.ts'

const LIMIT = 4_096

/** In a word: the status and the body, or what is wrong. */
function readAs(pieces: readonly (string | Buffer)[], closes = false, limit = LIMIT): string {
  const reader = new ResponseReader(limit)
  for (const piece of pieces) reader.push(Buffer.from(piece as string, 'latin1'), 0)
  if (closes) reader.end()
  const { head, broken, complete, surplus } = reader
  if (broken !== null) return `${broken.cause} ${broken.detail}`
  if (!complete || head === null) return 'waiting'
  return `${head.status} ${reader.body().toString('latin1')}${surplus ? ' and more' : ''}`
}

const OK = 'HTTP/1.1 200 OK\r\n'

describe('framing', () => {
  test.each([
    ['a length', `${OK}content-length: 2\r\n\r\nok`, '200 ok'],
    ['no body', `${OK}content-length: 0\r\n\r\n`, '200 '],
    ['chunks', `${OK}Transfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, '200 ok'],
    [
      'chunk extensions',
      `${OK}transfer-encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0;c\r\n\r\n`,
      '200 ok',
    ],
    [
      'a trailer',
      `${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-sum: 1\r\n\r\n`,
      '200 ok',
    ],
    ['none at all before the end', OK + '\r\nok', 'waiting'],
    ['no reason', 'HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n', '200 '],
    ['no content by its status', 'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n', '204 '],
    [
      'interim ones before',
      `HTTP/1.1 103 Early\r\nlink: a\r\n\r\n${OK}content-length: 1\r\n\r\nx`,
      '200 x',
    ],
    ['an interim one only', 'HTTP/1.1 100 Continue\r\n\r\n', 'waiting'],
    ['a second answer', `${OK}content-length: 1\r\n\r\nx${OK}`, '200 x and more'],
    ['bytes beyond', `${OK}content-length: 1\r\n\r\nxy`, '200 x and more'],
    [
      'another protocol',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n',
      'reset switching-protocols',
    ],
    ['no protocol', 'garbage\r\n\r\n', 'reset status-line'],
    ['an old one', 'HTTP/2.0 200 OK\r\n\r\n', 'reset status-line'],
    ['two lengths', `${OK}content-length: 1\r\ncontent-length: 1\r\n\r\nx`, 'reset content-length'],
    ['a signed length', `${OK}content-length: +1\r\n\r\nx`, 'reset content-length'],
    [
      'length and coding',
      `${OK}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      'reset length-and-coding',
    ],
    [
      'a coding nobody asked for',
      `${OK}transfer-encoding: gzip, chunked\r\n\r\n`,
      'reset transfer-coding',
    ],
    [
      'chunks of HTTP/1.0',
      'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
      'reset transfer-coding',
    ],
    ['a chunk without a size', `${OK}transfer-encoding: chunked\r\n\r\nzz\r\n`, 'reset chunk-size'],
    ['a chunk too long', `${OK}transfer-encoding: chunked\r\n\r\n2\r\nokay\r\n`, 'reset chunk-end'],
    ['a bare line feed', 'HTTP/1.1 200 OK\ncontent-length: 0\n\n', 'reset bare-line-feed'],
    ['a folded line', `${OK}x: a\r\n b\r\n\r\n`, 'reset header-field'],
    ['a space before the colon', `${OK}x : a\r\n\r\n`, 'reset header-field'],
    ['a nul', `${OK}x: a\0b\r\n\r\n`, 'reset header-field'],
    ['a bare carriage return', `${OK}x: a\rb\r\n\r\n`, 'reset header-field'],
    ['no colon', `${OK}x\r\n\r\n`, 'reset header-field'],
  ])('%s', (_name, text, expected) => {
    expect(readAs([text])).toBe(expected)
  })

  test.each([
    ['ends a body without a length', OK + '\r\nok', '200 ok'],
    ['cuts a body short', `${OK}content-length: 3\r\n\r\nok`, 'reset cut-short'],
    ['cuts chunks short', `${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n`, 'reset cut-short'],
    ['cuts a head short', OK, 'reset cut-short'],
    ['comes without a word', '', 'reset closed'],
  ])('closing %s', (_name, text, expected) => {
    expect(readAs([text], true)).toBe(expected)
  })

  test('names are lower-cased, values trimmed, repeated fields joined, and none is special', () => {
    const reader = new ResponseReader(LIMIT)
    const fields = 'X-A: \t1 \r\nx-a: 2\r\n__proto__: 3\r\ncontent-length: 0\r\n'
    reader.push(Buffer.from(`${OK}${fields}\r\n`), 7)
    expect({ ...reader.head?.headers }).toMatchObject({ 'x-a': '1, 2', 'content-length': '0' })
    expect(Object.entries(reader.head?.headers ?? {})).toContainEqual(['__proto__', '3'])
  })
})

describe('limits', () => {
  const flood = (field: string, times: number): string => OK + field.repeat(times)

  test.each([
    ['one long field', `${OK}x: ${'a'.repeat(LIMIT)}\r\n`],
    ['one that never ends', `${OK}x: ${'a'.repeat(LIMIT * 2)}`],
    ['many short ones', flood('a:\r\n', 1_001)],
    ['interim answers without end', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(200)],
    [
      'extensions of chunks',
      `${OK}transfer-encoding: chunked\r\n\r\n${'1;a\r\nx\r\n'.repeat(2_000)}`,
    ],
    ['trailers', `${OK}transfer-encoding: chunked\r\n\r\n0\r\n${'a: b\r\n'.repeat(1_000)}`],
  ])('a head that is too large: %s', (_name, text) => {
    expect(readAs([text])).toBe('too-large header')
  })

  test.each([
    ['announced', `${OK}content-length: ${LIMIT + 1}\r\n\r\n`],
    ['announced by a chunk', `${OK}transfer-encoding: chunked\r\n\r\nffffff\r\n`],
    [
      'in small chunks',
      `${OK}transfer-encoding: chunked\r\n\r\n${`64\r\n${'a'.repeat(100)}\r\n`.repeat(41)}`,
    ],
    ['not announced', `${OK}\r\n${'a'.repeat(LIMIT + 1)}`],
  ])('a body that is too large, %s', (_name, text) => {
    expect(readAs([text])).toBe('too-large body')
  })

  test('a drip of single bytes costs no more than its bytes', () => {
    const reader = new ResponseReader(1 << 20)
    const byte = Buffer.from('a')
    reader.push(Buffer.from(`${OK}x: `), 0)
    // Copying all that waits at each of them would be 125 GB.
    for (let count = 0; count < 500_000; count++) reader.push(byte, 0)
    expect(reader.broken).toBeNull()
  })
})

describe('the first byte of the final answer', () => {
  test('is stamped when it comes, not when the answer is whole, and interim ones are none of it', () => {
    const reader = new ResponseReader(LIMIT)
    reader.push(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), 1)
    expect([reader.startedUs, reader.heard]).toEqual([null, true])
    reader.push(Buffer.from('H'), 2)
    reader.push(Buffer.from('TTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n'), 3)
    reader.push(Buffer.from('x'), 4)
    expect([reader.complete, reader.startedUs]).toEqual([true, 2])
  })

  test('of one that follows an interim one in the same piece is that piece’s', () => {
    const reader = new ResponseReader(LIMIT)
    reader.push(Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${OK}`), 5)
    expect(reader.startedUs).toBe(5)
  })
})

const field = fc.oneof(
  fc.constantFrom(
    'content-length: 3',
    'Content-Length:3',
    'content-length: 03',
    'content-length: 3, 3',
    'content-length: 0x3',
    'transfer-encoding: chunked',
    'Transfer-Encoding:  chunked ',
    'transfer-encoding: chunked, chunked',
    'transfer-encoding: identity',
    'connection: close',
    'connection: upgrade',
    'upgrade: websocket',
    'x-a: b',
    'x-a:',
    ': b',
    'x a: b',
    'x\ta: b',
    'x-a: \x80\xff',
    'x-a: \x7f',
    ' folded',
    'x-a: b\0',
    'x-a: b\rc',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }),
)
const anyResponse = fc
  .record({
    interim: fc.constantFrom(
      '',
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 103 X\r\nlink: a\r\n\r\n',
    ),
    status: fc.constantFrom(
      'HTTP/1.1 200 OK',
      'HTTP/1.0 200 OK',
      'HTTP/1.1 204 No Content',
      'HTTP/1.1 304 Not Modified',
      'HTTP/1.1 400',
      'HTTP/1.1 999 X',
      'HTTP/1.1  200 OK',
      'HTTP/1.1 20 OK',
      'http/1.1 200 OK',
      'HTTP/1.2 200 OK',
    ),
    fields: fc.array(field, { maxLength: 4 }),
    end: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'),
    body: fc.constantFrom(
      '',
      'abc',
      'abcd',
      '3\r\nabc\r\n0\r\n\r\n',
      '3;x=y\r\nabc\r\n0\r\nt: u\r\n\r\n',
      '3\r\nabc\r\n1\r\nd\r\n00\r\n\r\n',
      '3 \r\nabc\r\n0\r\n\r\n',
      '0x3\r\nabc\r\n0\r\n\r\n',
      '3\nabc\n0\n\n',
    ),
  })
  .map(({ interim, status, fields, end, body }) =>
    [interim + status, ...fields, '', body]
      .join(end)
      .replace(/^(HTTP\S+ 1\d\d.*?)\r\n\r\n/su, '$1\r\n\r\n'),
  )

describe('a second opinion', () => {
  test('however an answer is cut into pieces, it is the same', () => {
    const cuts = fc.array(fc.nat(400), { maxLength: 8 })
    fc.assert(
      fc.property(anyResponse, cuts, fc.boolean(), (text, places, closes) => {
        const ends = [0, ...places.toSorted((one, other) => one - other), text.length]
        const pieces = ends.slice(1).map((end, index) => text.slice(ends[index] ?? 0, end))
        expect(readAs(pieces, closes)).toBe(readAs([text], closes))
      }),
      { numRuns: 2_000, seed: 42 },
    )
  })

  test('whatever is well formed is an answer, chunked or with a length', () => {
    const text = fc.string({ unit: 'binary-ascii', maxLength: 40 })
    const chunked = (bodies: readonly string[]): string =>
      [...bodies.filter((each) => each !== ''), '']
        .map((each) => `${each.length.toString(16)}\r\n${each === '' ? '' : `${each}\r\n`}`)
        .join('')
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.array(text), (status, bodies) => {
        fc.pre(status !== 204 && status !== 304)
        const body = bodies.join('')
        const line = `HTTP/1.1 ${status} Some Reason\r\n`
        expect(readAs([`${line}content-length: ${body.length}\r\n\r\n${body}`])).toBe(
          `${status} ${body}`,
        )
        const coded = `${line}transfer-encoding: chunked\r\n\r\n${chunked(bodies)}\r\n`
        expect(readAs([coded])).toBe(`${status} ${body}`)
      }),
      { numRuns: 300, seed: 42 },
    )
  })

  test('what is an answer here is the same answer to Node’s own parser', async () => {
    let answers = 0
    await fc.assert(
      fc.asyncProperty(anyResponse, async (text) => {
        const here = readAs([text], true)
        if (!/^\d/u.test(here) || here.endsWith(' and more')) return
        answers++
        expect(await nodeReadsAs(text)).toBe(here)
      }),
      { numRuns: 4_000, seed: 42 },
    )
    expect(answers).toBeGreaterThan(200)
  })
})

/** The same words, by node:http. */
function nodeReadsAs(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
    const asked = request({ createConnection: () => socket, method: 'GET' })
    asked.on('error', (error) => resolve(`broken ${error.message}`))
    asked.on('response', (response) => {
      let body = ''
      response.setEncoding('latin1')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('error', (error) => resolve(`broken ${error.message}`))
      response.on('end', () => resolve(`${response.statusCode} ${body}`))
    })
    asked.end()
    socket.push(Buffer.from(text, 'latin1'))
    socket.push(null)
  })
}
