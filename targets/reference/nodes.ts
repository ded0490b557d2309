/** The nodes of a system: started between two edges each, killed and started anew, paused, and asked whether they answer. */
import { timer } from '../../harness/clock.ts'
import { CupelError } from '../../harness/errors.ts'
import type { Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Site } from '../../harness/model/target.ts'
import { startChild, type Child } from '../levers/child.ts'
import { leverOf, type Act } from '../levers/lever.ts'
import { pausing, type Pausing } from '../levers/pausing.ts'
import { SKEWED_CLOCK } from '../levers/process-clock.ts'
import type { TcpProxy } from '../levers/tcp-proxy.ts'
import type { NodeConfig } from './config.ts'

export const STORE = 'store'

/** How long a node that is there may take to say anything. */
const ANSWER_MS = 500

export interface NodeOptions {
  readonly program: URL
  readonly proxy: TcpProxy
  /** By name; also where whoever moves clocks finds them. */
  readonly children: Map<string, Child>
  /** What a node is told but for where its store is. */
  readonly told: Omit<NodeConfig, 'storePort'>
}

/** Starts its process, before anything is known of the store. */
export function startNode(site: Site, name: string, program: URL): Promise<Child> {
  return startChild(site, { name, module: program, preloads: [SKEWED_CLOCK] })
}

/** Opens both edges of a node and gives the port that its clients connect to. */
export async function openEdges(name: string, proxy: TcpProxy, storePort: number): Promise<number> {
  await proxy.open(toStore(name))
  await proxy.aim(toStore(name), storePort)
  return proxy.open(fromClient(name))
}

/** Lets a started node serve, and its clients reach it. */
export async function join(child: Child, { proxy, told }: NodeOptions): Promise<void> {
  const config: NodeConfig = { ...told, storePort: proxy.port(toStore(child.name)) }
  const port = Number(await child.ask('program', plain(config)))
  await proxy.aim(fromClient(child.name), port)
}

export function toStore(name: string): string {
  return `${name}>${STORE}`
}

function fromClient(name: string): string {
  return `client>${name}`
}

/** The same as JSON, which is all that the IPC channel takes. */
function plain(config: NodeConfig): Json {
  const json: Json = JSON.parse(JSON.stringify(config))
  return json
}

export interface NodesLever extends Lever {
  /** Lets whatever is paused go on. */
  close(): Promise<void>
}

export function nodesLever(site: Site, options: NodeOptions): NodesLever {
  const { proxy, children, program } = options
  const pauses = new Map<string, Pausing>()
  const childOf = (name: string): Child => {
    const child = children.get(name)
    if (child === undefined) throw new CupelError('ERR_INTERNAL', `there is no node ${name}`)
    return child
  }
  const reached = async (name: string): Promise<Json | null> =>
    (await proxy.reached(fromClient(name))) ? { reached: true } : null
  const answers = (name: string): Promise<boolean> =>
    answersAt(site, new URL(`http://127.0.0.1:${proxy.port(fromClient(name))}`))
  const pauseOf = (name: string): Pausing => {
    const known = pauses.get(name) ?? pausing(site, name)
    pauses.set(name, known)
    return known
  }
  const actsOn = (name: string): Readonly<Record<string, Act>> => ({
    kill: {
      rung: 'process',
      inflict: () => childOf(name).kill(),
      broken: async () => ((await reached(name)) === null ? { reached: false } : null),
      async mend() {
        if (await reached(name)) return
        const fresh = await startNode(site, name, program)
        children.set(name, fresh)
        await join(fresh, options)
      },
      whole: () => reached(name),
    },
    pause: {
      rung: 'SIGSTOP',
      inflict: () => pauseOf(name).pause(childOf(name).pid),
      broken: async () => ((await answers(name)) ? null : { answers: false }),
      mend: () => pauseOf(name).resume(),
      whole: async () => ((await answers(name)) ? { answers: true } : null),
    },
  })
  const lever = leverOf((act, on) =>
    on !== STORE && children.has(on) ? (actsOn(on)[act] ?? null) : null,
  )
  return {
    ...lever,
    async close() {
      for (const pause of pauses.values()) await pause.resume()
    },
  }
}

/** Any answer will do: what stands at that path is not the point. */
async function answersAt(site: Site, origin: URL): Promise<boolean> {
  const wire = await site.wires.http(origin, null).catch(() => null)
  if (wire === null) return false
  const patience = new AbortController()
  const cancel = timer(ANSWER_MS, () => patience.abort())
  const message = {
    method: 'GET',
    path: '/',
    headers: {},
    body: new Uint8Array(),
    heldBytes: 0,
  } as const
  const { raw } = await wire.send(message, patience.signal)
  cancel()
  await wire.close()
  return 'status' in raw
}
