/** Open connections, by the node they go to and whose they are: used again while they may be, else opened anew. */
import { CupelError } from '../errors.ts'
import type { Clock, Session, Wire } from '../model/target.ts'

export interface Place {
  readonly node: string | null
  readonly principal: string
}

/** Why there is no connection, in a stable word; a dead node is a fact, not an error. */
export interface Nobody {
  readonly nobody: string
}

export interface Connections {
  /** A connection that nobody else uses, or one that carries several requests and has room for another. */
  take(place: Place): Promise<Wire | Nobody> | Wire | Nobody
  give(place: Place, wire: Wire): void
  /** Opens as many as these places need at once. */
  warm(places: readonly Place[]): Promise<void>
  close(): Promise<void>
}

/** As many as a process may be expected to open, with files to spare; whoever needs one more waits for another's. */
const MOST_OPEN = 900

/** Whoever has waited so long for one is not sent at all: its time is over, and those behind it are waiting. */
const LONGEST_WAIT_US = 1_000_000

export function openConnections(session: Pick<Session, 'connect'>, clock: Clock): Connections {
  return new Pools(session, clock)
}

/** The connections of one place. */
interface Pool {
  readonly place: Place
  /** Those with room for another request; the one used last comes last. */
  readonly free: Wire[]
}

interface Waiter {
  readonly place: Place
  readonly resolve: (wire: Wire | Nobody) => void
}

class Pools implements Connections {
  readonly #session: Pick<Session, 'connect'>
  readonly #clock: Clock
  readonly #pools = new Map<string, Pool>()
  /** How many requests each open connection is lent to. */
  readonly #lent = new Map<Wire, number>()
  /** Those that are being opened count, too. */
  #open = 0
  #line: Waiter[] = []

  constructor(session: Pick<Session, 'connect'>, clock: Clock) {
    this.#session = session
    this.#clock = clock
  }

  take(place: Place): Promise<Wire | Nobody> | Wire | Nobody {
    const { free } = this.#poolOf(place)
    // Where the one used last has idled too long, so have all those before it.
    for (let wire = free.pop(); wire !== undefined; wire = free.pop()) {
      const lent = this.#lent.get(wire) ?? 0
      if (wire.usable()) return this.#lend(wire, lent, free)
      if (lent === 0) this.#drop(wire)
    }
    if (this.#open < MOST_OPEN || this.#dropIdle()) return this.#connect(place)
    return this.#wait(place)
  }

  give(place: Place, wire: Wire): void {
    const lent = (this.#lent.get(wire) ?? 1) - 1
    this.#lent.set(wire, lent)
    const { free } = this.#poolOf(place)
    if (!wire.usable()) {
      const at = free.indexOf(wire)
      if (at >= 0) free.splice(at, 1)
      if (lent === 0) this.#drop(wire)
    } else if (carriedBy(wire) === 1 || !free.includes(wire)) free.push(wire)
    if (this.#line.length > 0) this.#serve()
  }

  async warm(places: readonly Place[]): Promise<void> {
    const lend = async (place: Place) => ({ place, wire: await this.take(place) })
    // Only the first one shows whether a connection carries several.
    const [first, ...others] = places
    if (first === undefined) return
    const taken = [await lend(first), ...(await Promise.all(others.map(lend)))]
    for (const { place, wire } of taken) if (!('nobody' in wire)) this.give(place, wire)
  }

  async close(): Promise<void> {
    const all = [...this.#lent.keys()]
    this.#pools.clear()
    this.#lent.clear()
    this.#open = 0
    for (const { resolve } of this.#line.splice(0)) resolve({ nobody: 'stopped' })
    await Promise.all(all.map((wire) => wire.close()))
  }

  /** One that has room for more requests stays where the next one finds it. */
  #lend(wire: Wire, lent: number, free: Wire[]): Wire {
    this.#lent.set(wire, lent + 1)
    if (lent + 1 < carriedBy(wire)) free.push(wire)
    return wire
  }

  async #connect(place: Place): Promise<Wire | Nobody> {
    this.#open++
    try {
      const wire = await this.#session.connect(place.node, place.principal)
      return this.#lend(wire, 0, this.#poolOf(place).free)
    } catch (error) {
      this.#open--
      if (this.#line.length > 0) this.#serve()
      if (error instanceof CupelError && error.code === 'ERR_TARGET_UNREACHABLE')
        return { nobody: error.detail ?? 'unreachable' }
      throw error
    }
  }

  #wait(place: Place): Promise<Wire | Nobody> {
    return new Promise((resolve) => {
      const over = new AbortController()
      const waiter: Waiter = {
        place,
        resolve: (wire) => {
          over.abort()
          resolve(wire)
        },
      }
      this.#line.push(waiter)
      void this.#clock.sleepUntil(this.#clock.nowUs() + LONGEST_WAIT_US, over.signal).then(() => {
        if (over.signal.aborted) return
        this.#line = this.#line.filter((each) => each !== waiter)
        waiter.resolve({ nobody: 'no-free-connection' })
      })
    })
  }

  /** Whoever came first, as long as there is one for the place it goes to. */
  #serve(): void {
    for (const waiter of this.#line) {
      const wire = this.#takeFree(waiter.place)
      if (wire === null) return
      this.#line = this.#line.filter((each) => each !== waiter)
      void Promise.resolve(wire).then(waiter.resolve, () =>
        waiter.resolve({ nobody: 'unreachable' }),
      )
    }
  }

  #takeFree(place: Place): Promise<Wire | Nobody> | Wire | Nobody | null {
    const { free } = this.#poolOf(place)
    const full = this.#open >= MOST_OPEN && !free.some((wire) => wire.usable())
    return full && !this.#dropIdle() ? null : this.take(place)
  }

  /** Makes room by closing one that nobody uses, wherever it goes to. */
  #dropIdle(): boolean {
    for (const { free } of this.#pools.values()) {
      const at = free.findIndex((wire) => (this.#lent.get(wire) ?? 0) === 0)
      const [idle] = at < 0 ? [] : free.splice(at, 1)
      if (idle !== undefined) {
        this.#drop(idle)
        return true
      }
    }
    return false
  }

  #drop(wire: Wire): void {
    if (this.#lent.delete(wire)) this.#open--
    void wire.close()
  }

  #poolOf(place: Place): Pool {
    const key = `${place.node ?? ''}\n${place.principal}`
    const known = this.#pools.get(key)
    if (known !== undefined) return known
    const fresh: Pool = { place, free: [] }
    this.#pools.set(key, fresh)
    return fresh
  }
}

function carriedBy({ carries = 1 }: Wire): number {
  return carries
}
