/** A session with a target that is asked over HTTP: its nodes, the connections to them, and what their clocks say. */
import { machineClock, timeOf } from '../harness/clock.ts'
import { CupelError } from '../harness/errors.ts'
import type { ClockSource } from '../harness/model/target-file.ts'
import type { Exchange, HttpWay, Session, Site, TlsOptions, Wire } from '../harness/model/target.ts'

export interface HttpPlace extends Addresses {
  readonly tls: TlsOptions | null
  /** The version spoken and the proxy. */
  readonly way?: HttpWay
  /** The name to ask for at a node, where it is not the one in its address. */
  readonly hosts?: ReadonlyMap<string, string>
  /** The certificates of those who show one of their own, by principal (RFC 8705). */
  readonly identities?: ReadonlyMap<string, Identity>
  /** Where they are sent, if not to where everybody is. */
  readonly aliases?: Addresses
  readonly clock: ClockSource['source']
  /** The path whose answers carry the `Date` of the judging process. */
  readonly probePath: string
}

export interface Addresses {
  /** Where each node is reached. */
  readonly nodes: ReadonlyMap<string, URL>
  /** Where the target is reached when no node is asked for: what stands in front of them, if anything does. */
  readonly front: URL
}

/** PEM texts. */
export type Identity = Required<Pick<TlsOptions, 'cert' | 'key'>>

/** A `Date` header is whole seconds, and servers keep one for a second (decisions.md, experiment 3). */
const DATE_WIDTH_US = 2_000_000
/** What a process reads as the time in whole milliseconds is up to one behind. */
const MILLISECOND_US = 1_000

/**
 * Connects once with every node, to fail early and clearly.
 *
 * @param end Called by `close`, after which nothing of the target runs.
 * @throws {CupelError} ERR_TARGET_UNREACHABLE naming every node that did not answer.
 */
export async function openHttp(
  site: Site,
  place: HttpPlace,
  end: () => Promise<void>,
): Promise<Session> {
  await reachAll(site, place)
  const plain = place.tls === null && place.way?.proxy === undefined && place.way?.http !== 2
  return {
    nodes: [...place.nodes.keys()],
    clocks: [...place.nodes.keys()],
    controls: {},
    clock: null,
    ...(plain ? { origins: place.nodes } : {}),
    connect: (node, principal) => connect(site, place, node, principal),
    clockOf: (node) => clockOf(site, place, node),
    ...(place.clock === 'date-header' ? { clockIn: offsetByDate } : {}),
    close: end,
  }
}

async function reachAll(site: Site, place: HttpPlace): Promise<void> {
  const ways = [
    ...[...place.nodes.keys()].map((node) => ({ node, principal: null })),
    ...[...(place.identities?.keys() ?? [])].map((principal) => ({ node: null, principal })),
  ]
  const tries = await Promise.allSettled(
    ways.map(async ({ node, principal }) => (await connect(site, place, node, principal)).close()),
  )
  const errors = tries.flatMap((each) =>
    each.status === 'rejected' ? [each.reason as unknown] : [],
  )
  const [first] = errors
  if (first === undefined) return
  const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)))
  throw new CupelError('ERR_TARGET_UNREACHABLE', messages.join('\n'), {
    hint:
      first instanceof CupelError && first.hint !== undefined
        ? first.hint
        : 'Is the target running?',
    cause: first,
  })
}

function connect(
  site: Site,
  place: HttpPlace,
  node: string | null,
  principal: string | null,
): Promise<Wire> {
  const identity = principal === null ? undefined : place.identities?.get(principal)
  const { nodes, front } = identity === undefined ? place : (place.aliases ?? place)
  const origin = node === null ? front : nodes.get(node)
  if (origin === undefined) throw new RangeError(`there is no node ${JSON.stringify(node)}`)
  const host = node === null ? undefined : place.hosts?.get(node)
  const tls = identity === undefined ? place.tls : { verify: true, ...place.tls, ...identity }
  return site.wires.http(origin, tls, { ...place.way, ...(host === undefined ? {} : { host }) })
}

async function clockOf(site: Site, place: HttpPlace, node: string): ReturnType<Session['clockOf']> {
  switch (place.clock) {
    case 'none':
      return null
    case 'this-machine':
      return wallClockOffset(site)
    case 'date-header':
      return dateHeader(site, place, node)
  }
}

/** The offset of the wall clock, which the target reads, from the harness's clock, which no step of it moves. */
export function wallClockOffset({
  clock,
}: Pick<Site, 'clock'>): Awaited<ReturnType<Session['clockOf']>> {
  const beforeUs = clock.nowUs()
  const wallUs = machineClock().wallUs()
  const afterUs = clock.nowUs()
  return {
    source: 'this-machine',
    lowUs: wallUs - afterUs - MILLISECOND_US,
    highUs: wallUs - beforeUs + MILLISECOND_US,
  }
}

async function dateHeader(
  site: Site,
  place: HttpPlace,
  node: string,
): ReturnType<Session['clockOf']> {
  const wire = await connect(site, place, node, null).catch(() => null)
  if (wire === null) return null
  const message = {
    method: 'GET',
    path: place.probePath,
    headers: {},
    body: new Uint8Array(),
    heldBytes: 0,
  } as const
  const exchange = await wire.send(message, site.signal)
  await wire.close()
  return offsetByDate(exchange)
}

/** The node's clock read between d and d + 2 s at some time between begun and answered. */
export function offsetByDate({
  raw,
  begunUs,
  answeredUs,
}: Exchange): Awaited<ReturnType<Session['clockOf']>> {
  if (!('status' in raw) || answeredUs === null) return null
  const header = Object.entries(raw.headers).find(([name]) => name.toLowerCase() === 'date')?.[1]
  const dateUs = header === undefined ? null : timeOf(header)
  if (dateUs === null) return null
  return {
    source: 'date-header',
    lowUs: dateUs - answeredUs,
    highUs: dateUs + DATE_WIDTH_US - begunUs,
  }
}
