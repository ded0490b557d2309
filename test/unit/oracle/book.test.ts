/** Counts along time, line by line: in order whatever order they came in, and without what was taken back. */
import { describe, expect, test } from 'vitest'
import { openBook, sum, type Book, type Count } from '../../../harness/oracle/counts/book.ts'

type Entry = readonly [slot: number, count: Count, times?: number]

function bookOf(...entries: readonly Entry[]): Book {
  const book = openBook()
  for (const [slot, count, times = 1] of entries) book.add(slot, count, times)
  return book
}

describe('a book', () => {
  test('counts trials, events among them, and what was owed besides', () => {
    const book = bookOf([7, 'event'], [7, 'other', 2], [7, 'unknown', 3])
    expect([...book.lines()]).toEqual([{ slot: 7, events: 1, trials: 3, owed: 6 }])
  })

  test('tells in order of time, on whatever page it stands', () => {
    const book = bookOf(
      [300, 'other'],
      [2, 'event'],
      [1_000, 'other'],
      [2, 'other'],
      [255, 'other'],
    )
    expect([...book.lines()].map(({ slot, trials }) => [slot, trials])).toEqual([
      [2, 2],
      [255, 1],
      [300, 1],
      [1_000, 1],
    ])
  })

  test('is empty until something was counted, and tells nothing of what was taken back', () => {
    expect(openBook().empty).toBe(true)
    const book = bookOf([5, 'event'], [5, 'event', -1], [6, 'unknown'])
    expect(book.empty).toBe(false)
    expect([...book.lines()]).toEqual([{ slot: 6, events: 0, trials: 0, owed: 1 }])
  })
})

describe('several books', () => {
  test('add up, in order of time', () => {
    const lines = [
      ...sum([bookOf([9, 'event'], [400, 'other']), bookOf([9, 'other'], [3, 'unknown'])]),
    ]
    expect(lines).toEqual([
      { slot: 3, events: 0, trials: 0, owed: 1 },
      { slot: 9, events: 1, trials: 2, owed: 2 },
      { slot: 400, events: 0, trials: 1, owed: 1 },
    ])
  })

  test('tell nothing of what one takes back from another', () => {
    expect([...sum([bookOf([9, 'event']), bookOf([9, 'event', -1])])]).toEqual([])
    expect([...sum([bookOf([9, 'event']), bookOf([9, 'event', -1], [9, 'unknown'])])]).toEqual([
      { slot: 9, events: 0, trials: 0, owed: 1 },
    ])
  })
})
