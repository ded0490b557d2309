/** The same checks over two kinds of wire: a resource server over HTTP, and a function in this process. */
import { expect, test } from 'vitest'
import { ask } from './ask.ts'

test('a resource server and a library are asked the same and judged the same', async () => {
  const records = [
    await ask({ target: 'resource', suites: ['rfc9068/**'] }),
    await ask({ target: 'jose', suites: ['rfc9068/**'] }),
  ]
  const [overHttp, byCall] = records.map(({ record }) =>
    record.checks
      .filter(({ verdict }) => verdict !== 'unsupported')
      .map(({ id, case: name, verdict, expected }) => ({ id, name, verdict, expected })),
  )
  const ids = new Set(overHttp?.map(({ id }) => id))
  expect([...ids]).toEqual([
    'rfc9068/2.2/required-claims',
    'rfc9068/4/typ',
    'rfc9068/4/iss',
    'rfc9068/4/exp',
    'rfc9068/4/aud',
    'rfc9068/4/keys',
    'rfc9068/4/error',
  ])
  expect(overHttp?.every(({ verdict }) => ['pass', 'informational'].includes(verdict))).toBe(true)
  expect(byCall).toEqual(overHttp)
})
