/** Whether the addresses of a target file lead anywhere: names, connections, certificates. Nothing is asked of anybody there. */
import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { timeOf } from '../harness/clock.ts'
import { CupelError } from '../harness/errors.ts'
import type { Looked } from '../harness/model/doctor.ts'
import { connectTo } from '../harness/wire/connect.ts'
import type { HttpPlace } from '../targets/http.ts'

/** As long as a run would wait. */
const CONNECT_MS = 10_000

/** A run may take hours, and its report is read for days. */
const SOON_US = 14 * 86_400e6

/** @param nowUs By the clock of this machine. */
export async function lookAtNetwork(place: HttpPlace, nowUs: number): Promise<readonly Looked[]> {
  const looked = await Promise.all(
    [...place.nodes].map(([node, origin]) => lookAtNode(place, { node, origin }, nowUs)),
  )
  return looked.flat()
}

interface Node {
  readonly node: string
  readonly origin: URL
}

async function lookAtNode(
  place: HttpPlace,
  { node, origin }: Node,
  nowUs: number,
): Promise<readonly Looked[]> {
  const name = place.nodes.size === 1 ? 'address' : `address of ${node}`
  const { proxy } = place.way ?? {}
  const resolved = await resolvedName(proxy ?? origin)
  if (resolved.problem !== null) return [{ name, ...resolved.problem }]
  const host = place.hosts?.get(node)
  const way = { ...place.way, ...(host === undefined ? {} : { host }) }
  const protocol = place.way?.http === 2 ? 'h2' : 'http/1.1'
  try {
    const socket = await connectTo({ origin, tls: place.tls, way, protocol }, CONNECT_MS)
    socket.on('error', () => undefined)
    const certificate = certificateOf(socket)
    socket.destroy()
    const text = `${origin.origin} answers${resolved.text}`
    return [
      { name, health: 'good', text },
      ...(certificate === null ? [] : [expiry(`certificate of ${node}`, certificate, nowUs)]),
    ]
  } catch (error) {
    if (!(error instanceof CupelError)) throw error
    const help = error.hint === undefined ? {} : { help: error.hint }
    return [{ name, health: 'bad', text: error.message, ...help }]
  }
}

async function resolvedName({ hostname }: URL): Promise<{
  readonly text: string
  readonly problem: Omit<Looked, 'name'> | null
}> {
  const host = hostname.replaceAll(/^\[|\]$/gu, '')
  if (isIP(host) !== 0) return { text: '', problem: null }
  try {
    const found = await lookup(host, { all: true })
    return { text: ` at ${found.map(({ address }) => address).join(', ')}`, problem: null }
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
    const text = `the name ${host} leads nowhere: ${why}`
    const help = 'correct it in the target file, or the name servers of this machine'
    return { text: '', problem: { health: 'bad', text, help } }
  }
}

/** When the certificate of the other side ends; null without TLS, or where none was shown. */
function certificateOf(socket: Socket): string | null {
  if (!('getPeerCertificate' in socket) || typeof socket.getPeerCertificate !== 'function')
    return null
  const shown: unknown = socket.getPeerCertificate()
  const until = typeof shown === 'object' && shown !== null ? Reflect.get(shown, 'valid_to') : null
  return typeof until === 'string' ? until : null
}

/** @param until As OpenSSL writes it. */
export function expiry(name: string, until: string, nowUs: number): Looked {
  const endUs = timeOf(until)
  if (endUs === null) return { name, health: 'note', text: 'says no end that can be read' }
  const days = Math.floor((endUs - nowUs) / 86_400e6)
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC' }).format(endUs / 1e3)
  if (endUs <= nowUs) {
    const text = `ended on ${day}, and is taken all the same (tls.verify: false)`
    return { name, health: 'note', text, help: 'give it a new one' }
  }
  if (endUs - nowUs > SOON_US) return { name, health: 'good', text: `holds until ${day}` }
  const text = `ends on ${day}, in ${days} ${days === 1 ? 'day' : 'days'}`
  return { name, health: 'note', text, help: 'renew it before a run that takes long' }
}
