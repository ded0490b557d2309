/** Open connections, by the node they go to and whose they are: used again while they may be, else opened anew. */
import { CupelError } from '../errors.ts'
import type { Session, Wire } from '../model/target.ts'

export interface Place {
  readonly node: string | null
  readonly principal: string
}

export interface Connections {
  /** A connection nobody else uses, or null when nobody answers there: a dead node is a fact, not an error. */
  take(place: Place): Promise<Wire | null>
  give(place: Place, wire: Wire): void
  /** Opens as many as these places need at once. */
  warm(places: readonly Place[]): Promise<void>
  close(): Promise<void>
}

export function openConnections(session: Pick<Session, 'connect'>): Connections {
  const idle = new Map<string, Wire[]>()
  const take = async (place: Place): Promise<Wire | null> => {
    const wires = idle.get(keyOf(place)) ?? []
    // The one used last comes first; where it has idled too long, so have all those below it.
    for (let wire = wires.pop(); wire !== undefined; wire = wires.pop()) {
      if (wire.usable()) return wire
      void wire.close()
    }
    return connect(session, place)
  }
  const give = (place: Place, wire: Wire): void => {
    if (!wire.usable()) return void wire.close()
    const key = keyOf(place)
    const wires = idle.get(key)
    if (wires === undefined) idle.set(key, [wire])
    else wires.push(wire)
  }
  return {
    take,
    give,
    async warm(places) {
      const wires = await Promise.all(
        places.map(async (place) => ({ place, wire: await take(place) })),
      )
      for (const { place, wire } of wires) if (wire !== null) give(place, wire)
    },
    async close() {
      const all = [...idle.values()].flat()
      idle.clear()
      await Promise.all(all.map((wire) => wire.close()))
    },
  }
}

async function connect(
  session: Pick<Session, 'connect'>,
  { node, principal }: Place,
): Promise<Wire | null> {
  try {
    return await session.connect(node, principal)
  } catch (error) {
    if (error instanceof CupelError && error.code === 'ERR_TARGET_UNREACHABLE') return null
    throw error
  }
}

function keyOf({ node, principal }: Place): string {
  return JSON.stringify([node, principal])
}
