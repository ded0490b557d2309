/** Open connections, by the node they go to and whose they are: used again while they may be, else opened anew. */
import { CupelError } from '../errors.ts'
import type { Clock, Session, Wire } from '../model/target.ts'
import { openFilesAllowed } from './files.ts'

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
  /** The same a few at a time, each free for anybody as soon as it is open; those there is no room for are not opened. */
  open(places: readonly Place[]): Promise<void>
  /** How many requests so far had to wait for one, since as many as may be open were in use. */
  readonly waited: number
  close(): Promise<void>
}

/** How many may be open in all, divided among the nodes: more than any burst that ships, and no strain on a machine. */
const MOST_OPEN = 3_000

/** Where the system says how many files a process may open, so many are left for everything else. */
const FILES_TO_SPARE = 124

/** Where it allows too few even for this many, whoever gets none is told why. */
const LEAST_OPEN = 900

/** Far fewer than a server's queue of those it has not accepted yet, which holds 511 where Node listens. */
const OPENED_AT_ONCE = 64

/** Whoever has waited so long for one is not sent at all: its time is over, and those behind it are waiting. */
const LONGEST_WAIT_US = 1_000_000

const LOOK_US = 50_000

/**
 * Each node has connections of its own, so that one that stalls keeps nobody from the others.
 *
 * @param most How many may be open to one node.
 */
export function openConnections(
  session: Pick<Session, 'connect' | 'nodes'>,
  clock: Clock,
  most = Math.floor(mostOpen() / Math.max(1, session.nodes.length)),
): Connections {
  const byNode = new Map<string | null, NodePool>()
  const poolOf = (node: string | null): NodePool => {
    const known = byNode.get(node)
    if (known !== undefined) return known
    const fresh = new NodePool(session, clock, most)
    byNode.set(node, fresh)
    return fresh
  }
  return {
    take: (place) => poolOf(place.node).take(place),
    give: (place, wire) => poolOf(place.node).give(place, wire),
    async warm(places) {
      await Promise.all(
        [...Map.groupBy(places, ({ node }) => node)].map(([node, those]) =>
          poolOf(node).warm(those),
        ),
      )
    },
    async open(places) {
      await Promise.all(
        [...Map.groupBy(places, ({ node }) => node)].map(([node, those]) =>
          poolOf(node).openAll(those),
        ),
      )
    },
    get waited() {
      return [...byNode.values()].reduce((sum, { waited }) => sum + waited, 0)
    },
    async close() {
      await Promise.all([...byNode.values()].map((pool) => pool.close()))
    },
  }
}

interface Waiter {
  readonly place: Place
  readonly untilUs: number
  readonly resolve: (wire: Wire | Nobody | Promise<Wire | Nobody>) => void
}

/** The connections to one node. */
class NodePool {
  waited = 0
  readonly #session: Pick<Session, 'connect'>
  readonly #clock: Clock
  readonly #most: number
  /** Those with room for another request, by whose they are; the one used last comes last. */
  readonly #free = new Map<string, Wire[]>()
  /** How many requests each open connection is lent to. */
  readonly #lent = new Map<Wire, number>()
  /** Those that are being opened count, too. */
  #open = 0
  /** In the order of their coming; those before `#served` are gone. */
  #line: Waiter[] = []
  #served = 0
  #looking = false
  #closed = false

  constructor(session: Pick<Session, 'connect'>, clock: Clock, most: number) {
    this.#session = session
    this.#clock = clock
    this.#most = most
  }

  take(place: Place): Promise<Wire | Nobody> | Wire | Nobody {
    return this.#atOnce(place) ?? this.#wait(place)
  }

  give({ principal }: Place, wire: Wire): void {
    const lent = (this.#lent.get(wire) ?? 1) - 1
    this.#lent.set(wire, lent)
    const free = this.#freeOf(principal)
    if (!wire.usable()) {
      const at = free.indexOf(wire)
      if (at >= 0) free.splice(at, 1)
      if (lent === 0) this.#drop(wire)
    } else if (carriedBy(wire) === 1 || !free.includes(wire)) free.push(wire)
    if (this.#served < this.#line.length) this.#serve()
  }

  /** Opens as many as these places need at once. */
  async warm(places: readonly Place[]): Promise<void> {
    const lend = async (place: Place) => ({ place, wire: await this.take(place) })
    // Only the first one shows whether a connection carries several.
    const [first, ...others] = places
    if (first === undefined) return
    const taken = [await lend(first), ...(await Promise.all(others.map(lend)))]
    for (const { place, wire } of taken) if (!('nobody' in wire)) this.give(place, wire)
  }

  async openAll(places: readonly Place[]): Promise<void> {
    for (const those of Map.groupBy(places, ({ principal }) => principal).values()) {
      const [place] = those
      if (place !== undefined) await this.#openSome(place, those.length)
    }
  }

  /** Until so many requests find one free. */
  async #openSome(place: Place, wanted: number): Promise<void> {
    const free = this.#freeOf(place.principal)
    let missing = wanted
    for (const wire of free)
      if (wire.usable()) missing -= carriedBy(wire) - (this.#lent.get(wire) ?? 0)
    // Only the first one shows whether a connection carries several.
    let [carries, atOnce] = [1, 1]
    while (missing > 0 && !this.#closed && this.#open < this.#most) {
      const count = Math.min(Math.ceil(missing / carries), atOnce, this.#most - this.#open)
      const opened = await Promise.all(Array.from({ length: count }, () => this.#connect(place)))
      for (const wire of opened) {
        if ('nobody' in wire) missing = 0
        else {
          missing -= carriedBy(wire)
          carries = carriedBy(wire)
          atOnce = OPENED_AT_ONCE
          this.give(place, wire)
        }
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const all = [...this.#lent.keys()]
    this.#free.clear()
    this.#lent.clear()
    this.#open = 0
    for (const { resolve } of this.#line.splice(0).slice(this.#served))
      resolve({ nobody: 'stopped' })
    this.#served = 0
    await Promise.all(all.map((wire) => wire.close()))
  }

  /** Null where all are in use and no other may be opened. */
  #atOnce(place: Place): Promise<Wire | Nobody> | Wire | null {
    const free = this.#freeOf(place.principal)
    // Where the one used last has idled too long, so have all those before it.
    for (let wire = free.pop(); wire !== undefined; wire = free.pop()) {
      const lent = this.#lent.get(wire) ?? 0
      if (wire.usable()) return this.#lend(wire, lent, free)
      if (lent === 0) this.#drop(wire)
    }
    return this.#open < this.#most || this.#dropIdle() ? this.#connect(place) : null
  }

  /** One that has room for more requests stays where the next one finds it. */
  #lend(wire: Wire, lent: number, free: Wire[]): Wire {
    this.#lent.set(wire, lent + 1)
    if (lent + 1 < carriedBy(wire)) free.push(wire)
    return wire
  }

  async #connect({ node, principal }: Place): Promise<Wire | Nobody> {
    this.#open++
    try {
      const wire = await this.#session.connect(node, principal)
      if (this.#closed) {
        void wire.close()
        return { nobody: 'stopped' }
      }
      return this.#lend(wire, 0, this.#freeOf(principal))
    } catch (error) {
      this.#open--
      if (this.#served < this.#line.length) this.#serve()
      if (error instanceof CupelError && error.code === 'ERR_TARGET_UNREACHABLE')
        return { nobody: error.detail ?? 'unreachable' }
      throw error
    }
  }

  #wait(place: Place): Promise<Wire | Nobody> {
    this.waited++
    return new Promise((resolve) => {
      this.#line.push({ place, untilUs: this.#clock.nowUs() + LONGEST_WAIT_US, resolve })
      if (!this.#looking) void this.#lookAfter()
    })
  }

  /** Whoever came first, as long as there is one to be had. */
  #serve(): void {
    for (let waiter = this.#line[this.#served]; waiter; waiter = this.#line[this.#served]) {
      const wire = this.#atOnce(waiter.place)
      if (wire === null) return
      this.#leaveLine()
      waiter.resolve(wire)
    }
  }

  /** Sends those away who have waited too long, for as long as somebody waits. */
  async #lookAfter(): Promise<void> {
    this.#looking = true
    while (this.#served < this.#line.length) {
      await this.#clock.sleepUntil(this.#clock.nowUs() + LOOK_US)
      const nowUs = this.#clock.nowUs()
      for (let first = this.#line[this.#served]; first; first = this.#line[this.#served]) {
        if (first.untilUs > nowUs) break
        this.#leaveLine()
        first.resolve({ nobody: 'no-free-connection' })
      }
    }
    this.#looking = false
  }

  #leaveLine(): void {
    this.#served++
    if (this.#served < 1024 || this.#served * 2 < this.#line.length) return
    this.#line = this.#line.slice(this.#served)
    this.#served = 0
  }

  /** Makes room by closing one that nobody uses, whosever it is. */
  #dropIdle(): boolean {
    for (const free of this.#free.values()) {
      const at = free.findIndex((wire) => (this.#lent.get(wire) ?? 0) === 0)
      const [idle] = at < 0 ? [] : free.splice(at, 1)
      if (idle === undefined) continue
      this.#drop(idle)
      return true
    }
    return false
  }

  #drop(wire: Wire): void {
    if (this.#lent.delete(wire)) this.#open--
    void wire.close()
  }

  #freeOf(principal: string): Wire[] {
    const known = this.#free.get(principal)
    if (known !== undefined) return known
    const fresh: Wire[] = []
    this.#free.set(principal, fresh)
    return fresh
  }
}

function mostOpen(): number {
  const files = openFilesAllowed() ?? 0
  return Math.max(LEAST_OPEN, Math.min(MOST_OPEN, files - FILES_TO_SPARE))
}

function carriedBy({ carries = 1 }: Wire): number {
  return carries
}
