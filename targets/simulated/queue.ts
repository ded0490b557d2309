/** What will happen, in the order of time: callbacks alone, so that nothing but this queue decides what comes next. */

export interface EventQueue {
  nowUs(): number
  /** Books an act; at the present moment if its time has passed. */
  at(us: number, act: () => void): Booking
  /** Books an act so much later; a number ≥ 0, whole microseconds. */
  after(delayUs: number, act: () => void): Booking
  /** Does what comes next and moves time there; false when nothing is left. */
  step(): boolean
  /** How much is booked. */
  readonly size: number
}

export interface Booking {
  /** Once set it never happens, and time does not move for it. */
  cancelled: boolean
}

interface Event extends Booking {
  readonly atUs: number
  /** Of two events of one moment, the one that was booked first comes first. */
  readonly order: number
  readonly act: () => void
}

/** @param startUs What the clock says at first; microseconds since 1970. */
export function eventQueue(startUs: number): EventQueue {
  const heap: Event[] = []
  let nowUs = startUs
  let booked = 0
  const at = (us: number, act: () => void): Booking => {
    const event = { atUs: Math.max(nowUs, us), order: booked++, act, cancelled: false }
    insert(heap, event)
    return event
  }
  return {
    nowUs: () => nowUs,
    at,
    after: (delayUs, act) => at(nowUs + delayUs, act),
    get size() {
      return heap.length
    },
    step() {
      for (let event = earliest(heap); event !== undefined; event = earliest(heap)) {
        if (event.cancelled) continue
        nowUs = event.atUs
        event.act()
        return true
      }
      return false
    },
  }
}

/** A binary heap: the children of i are 2i + 1 and 2i + 2, and none is earlier than its parent. */
function insert(heap: Event[], event: Event): void {
  let hole = heap.length
  while (hole > 0) {
    const upper = (hole - 1) >> 1
    const parent = heap[upper]
    if (parent === undefined || !isEarlier(event, parent)) break
    heap[hole] = parent
    hole = upper
  }
  heap[hole] = event
}

/** Takes out the earliest. */
function earliest(heap: Event[]): Event | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return first
  let hole = 0
  for (;;) {
    const left = 2 * hole + 1
    const one = heap[left]
    if (one === undefined) break
    const other = heap[left + 1]
    const rightFirst = other !== undefined && isEarlier(other, one)
    const child = rightFirst ? other : one
    if (!isEarlier(child, last)) break
    heap[hole] = child
    hole = rightFirst ? left + 1 : left
  }
  heap[hole] = last
  return first
}

function isEarlier(one: Event, other: Event): boolean {
  return one.atUs < other.atUs || (one.atUs === other.atUs && one.order < other.order)
}
