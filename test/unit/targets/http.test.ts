import { describe, expect, test } from 'vitest'
import { timeOf } from '../../../harness/clock.ts'
import type { Exchange } from '../../../harness/model/target.ts'
import { offsetByDate } from '../../../targets/http.ts'

const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT'
const DATE_US = timeOf(DATE) ?? 0

function exchange(
  headers: Readonly<Record<string, string>>,
  begunUs: number,
  answeredUs: number | null,
): Exchange {
  return {
    begunUs,
    releasedUs: begunUs,
    answeredUs,
    connection: 0,
    reused: false,
    raw: { status: 200, headers, body: new Uint8Array() },
  }
}

describe('a Date header', () => {
  test('bounds the clock of its writer from its second to two seconds later, over the time of the exchange', () => {
    expect(offsetByDate(exchange({ date: DATE }, DATE_US + 100_000, DATE_US + 400_000))).toEqual({
      source: 'date-header',
      lowUs: -400_000,
      highUs: 1_900_000,
    })
  })

  test('is found whatever the case of its name', () => {
    expect(offsetByDate(exchange({ Date: DATE }, DATE_US, DATE_US))).not.toBeNull()
  })

  test.each([
    ['is missing', exchange({}, 1, 2)],
    ['is no date', exchange({ date: 'yesterday' }, 1, 2)],
    ['came with no answer', exchange({ date: DATE }, 1, null)],
    ['was never sent', { ...exchange({}, 1, null), raw: { cause: 'timeout' } } as const],
  ])('that %s says nothing', (_how, given) => {
    expect(offsetByDate(given)).toBeNull()
  })
})
