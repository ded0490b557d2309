/** A growing list of spans of time, as plain numbers: there may be millions. */

export interface Spans {
  readonly length: number
  /** Microseconds; views that hold until something is pushed or dropped. */
  readonly begins: Float64Array
  readonly answers: Float64Array
  push(begunUs: number, answeredUs: number): void
  each(see: (begunUs: number, answeredUs: number) => void): void
  filter(keeps: (begunUs: number, answeredUs: number) => boolean): Spans
  /** How many at the front were answered before a time. */
  countBefore(us: number): number
  /** A copy of the first so many. */
  first(count: number): Spans
  dropFirst(count: number): void
  sorted(by: 'begun' | 'answered'): Spans
}

const FIRST_ROOM = 16

export function openSpans(): Spans {
  let begins = new Float64Array(FIRST_ROOM)
  let answers = new Float64Array(FIRST_ROOM)
  let length = 0
  const self: Spans = {
    get length() {
      return length
    },
    get begins() {
      return begins.subarray(0, length)
    },
    get answers() {
      return answers.subarray(0, length)
    },
    push(begunUs, answeredUs) {
      if (length === begins.length) {
        begins = grown(begins)
        answers = grown(answers)
      }
      begins[length] = begunUs
      answers[length] = answeredUs
      length += 1
    },
    each(see) {
      for (let at = 0; at < length; at++) see(begins[at] ?? 0, answers[at] ?? 0)
    },
    filter(keeps) {
      const kept = openSpans()
      self.each((begunUs, answeredUs) => {
        if (keeps(begunUs, answeredUs)) kept.push(begunUs, answeredUs)
      })
      return kept
    },
    countBefore(us) {
      let count = 0
      while (count < length && (answers[count] ?? Infinity) < us) count += 1
      return count
    },
    first: (count) => listed(begins.subarray(0, count), answers.subarray(0, count)),
    dropFirst(count) {
      begins.copyWithin(0, count, length)
      answers.copyWithin(0, count, length)
      length -= count
    },
    sorted(by) {
      const order = Uint32Array.from({ length }, (_, at) => at)
      const keys = by === 'begun' ? begins : answers
      order.sort((a, b) => compare(keys[a] ?? 0, keys[b] ?? 0))
      return listed(
        Float64Array.from(order, (at) => begins[at] ?? 0),
        Float64Array.from(order, (at) => answers[at] ?? 0),
      )
    },
  }
  return self
}

function listed(begins: Float64Array, answers: Float64Array): Spans {
  const list = openSpans()
  for (let at = 0; at < begins.length; at++) list.push(begins[at] ?? 0, answers[at] ?? 0)
  return list
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2)
  larger.set(array)
  return larger
}

/** Infinite times are there, so that no difference is taken. */
function compare(a: number, b: number): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
