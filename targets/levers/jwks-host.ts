/** The harness serves the public keys of its own clients, counts who comes for them, and can be a bad host. */
import { createServer, type ServerResponse } from 'node:http'
import { machineClock, timer } from '../../harness/clock.ts'
import type { Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import { leverOf, numberIn, type Act } from './lever.ts'
import { listenOn, LOOPBACK } from './listen.ts'
import { changeOf, KEY_ACTS, shelfOf, wholeOf, type PublishedParty, type Shelf } from './shelf.ts'

/** With `kid` and `alg`. */
export type Jwk = Readonly<Record<string, Json>>

export interface JwksHost {
  /** Where the keys of a party are found. */
  uri(party: string): string
  readonly control: Lever
  /** How often anybody fetched anything. */
  fetches(): number
  close(): Promise<void>
}

const OVERSIZED_BYTES = 4 * 1024 * 1024

/**
 * @param parties By name.
 * @param at Where it is to listen: on any free port of the loopback interface when absent.
 */
export async function startJwksHost(
  parties: Readonly<Record<string, PublishedParty<Jwk>>>,
  at: { readonly host: string; readonly port: number } = { host: LOOPBACK, port: 0 },
): Promise<JwksHost> {
  const shelves = new Map(
    Object.entries(parties).map(([name, party]): [string, Shelf<Jwk>] => [name, shelfOf(party)]),
  )
  let fetches = 0
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1))
    const shelf = shelves.get(name)
    if (request.headers['x-cupel-look'] === undefined) fetches += 1
    if (shelf === undefined) response.writeHead(404).end()
    else answer(response, shelf)
  })
  const port = await listenOn(server, at.host, at.port)
  const uri = (party: string): string => `http://${at.host}:${port}/${encodeURIComponent(party)}`
  return {
    uri,
    control: leverOf((act, on) => {
      const shelf = shelves.get(on)
      return shelf === undefined ? null : actOn(shelf, act, uri(on))
    }),
    fetches: () => fetches,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, { keys, manner }: Shelf<Jwk>): void {
  const right = JSON.stringify({ keys })
  const say = (body: string): void => {
    response.setHeader('content-type', 'application/json')
    response.end(body)
  }
  switch (manner.kind) {
    case 'right':
      return say(right)
    case 'failing':
      response.writeHead(500).end()
      return
    case 'garbage':
      return say('<html>{"keys":')
    case 'oversized':
      return say(right.slice(0, -1) + ' '.repeat(OVERSIZED_BYTES) + '}')
    case 'slow':
      void timer(manner.seconds * 1000, () => say(right))
  }
}

function underKidOf(key: Jwk, like: Jwk): Jwk {
  return { ...key, kid: like['kid'] ?? null }
}

/** What is seen at its own address, as anybody would see it. */
function actOn(shelf: Shelf<Jwk>, name: string, uri: string): Act | null {
  if (!KEY_ACTS.has(name)) return null
  const right = JSON.stringify({ keys: [shelf.party.current] })
  return {
    rung: 'own-host',
    async inflict(options) {
      Object.assign(shelf, changeOf(name, shelf.party, options, underKidOf))
    },
    async broken(options) {
      const { body, seconds } = await seenAt(uri)
      const isSlow = name === 'slow' && seconds >= numberIn(options, 'seconds') * SEEN
      return body === right && !isSlow ? null : { bytes: body.length, keys: shelf.keys.length }
    },
    async mend() {
      Object.assign(shelf, wholeOf(shelf.party))
    },
    whole: async () => ((await seenAt(uri)).body === right ? { keys: 1 } : null),
  }
}

/** The share of the asked delay that must be seen. */
const SEEN = 0.8
const LOOK_MS = 5_000

/** Empty where nothing comes in time. */
async function seenAt(uri: string): Promise<{ readonly body: string; readonly seconds: number }> {
  const clock = machineClock()
  const begunUs = clock.nowUs()
  const body = await textAt(uri).catch(() => '')
  return { body, seconds: (clock.nowUs() - begunUs) / 1e6 }
}

async function textAt(uri: string): Promise<string> {
  const response = await fetch(uri, {
    headers: { 'x-cupel-look': '1' },
    signal: AbortSignal.timeout(LOOK_MS),
  })
  return `${response.ok ? '' : response.status}${await response.text()}`
}
