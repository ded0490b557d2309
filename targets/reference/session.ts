/** Starts the processes of a reference system and lends the levers over them: nodes, replay store, and every edge. */
import { entry } from '../../harness/entry.ts'
import { CupelError } from '../../harness/errors.ts'
import type { Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Session, Site } from '../../harness/model/target.ts'
import { acrossEdges, ON_EDGES } from '../levers/across.ts'
import type { Child } from '../levers/child.ts'
import { leverOf } from '../levers/lever.ts'
import { absent } from '../absent.ts'
import { clockControl, measureClock } from '../levers/process-clock.ts'
import { startTcpProxy, type TcpProxy } from '../levers/tcp-proxy.ts'
import type { NodeConfig } from './config.ts'
import { join, nodesLever, openEdges, startNode, STORE, toStore } from './nodes.ts'
import { ownStore } from './own-store.ts'
import type { SharedStore, StartStore } from './shared-store.ts'

/** The programs to start, so that a flawed system differs in nothing else. */
export interface Programs {
  readonly node: URL
  readonly store: URL
  /** What the store is told when it starts. */
  readonly storeConfig: Json
  /** What the nodes share in place of that program. */
  readonly startStore?: StartStore
  /** What is missing on this machine, and what installs it; null where nothing is. */
  readonly lacks?: (site: Site) => Promise<string | null>
}

export const FAULTLESS_PROGRAMS: Programs = {
  node: entry(import.meta, './node'),
  store: entry(import.meta, './store'),
  storeConfig: null,
}

/**
 * Opens the system: nodes behind one store, and a proxy on `client>NODE` and `NODE>store` for each node.
 *
 * @throws {CupelError} ERR_TARGET_START when a process does not start; what had started is stopped by then.
 */
export async function openReference(
  site: Site,
  nodes: readonly string[],
  config: Omit<NodeConfig, 'storePort'>,
  programs: Programs,
): Promise<Session> {
  const missing = (await programs.lacks?.(site)) ?? null
  if (missing !== null) return absent(nodes, missing)
  const children = new Map<string, Child>()
  const stops: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((stop) => stop()))
    await Promise.all([...children.values()].map((child) => child.stop()))
  }
  const start = async (name: string): Promise<Child> => {
    const child = await startNode(site, name, programs.node)
    children.set(name, child)
    return child
  }
  const startProxy = async (): Promise<TcpProxy> => {
    const proxy = await startTcpProxy(site)
    stops.push(() => proxy.close())
    return proxy
  }
  let moved = async (): Promise<void> => undefined
  const openStore = programs.startStore ?? ownStore(programs.store, programs.storeConfig, children)
  const startStore = async (): Promise<SharedStore> => {
    const store = await openStore(site, () => moved())
    stops.push(() => store.stop())
    return store
  }
  const starting = [startProxy(), startStore(), ...nodes.map(start)] as const
  // All have started or failed before any is stopped, so that none is left behind that was still on its way.
  await Promise.allSettled(starting)
  try {
    const [proxy, store, ...running] = await Promise.all(starting)
    moved = async () => {
      for (const name of nodes) await proxy.aim(toStore(name), store.port())
    }
    const ports = await Promise.all(nodes.map((name) => openEdges(name, proxy, store.port())))
    const told = { ...config, ...store.told }
    const options = { program: programs.node, proxy, children, told }
    await Promise.all(running.map((child) => join(child, options)))
    const node = nodesLever(site, options)
    stops.push(() => node.close())
    return sessionOf(site, { nodes, ports, proxy, children, node, store, close })
  } catch (error) {
    await close()
    throw error
  }
}

function originAt(port: number | undefined): URL {
  return new URL(`http://127.0.0.1:${port}`)
}

interface Running {
  readonly nodes: readonly string[]
  readonly ports: readonly number[]
  readonly proxy: TcpProxy
  readonly children: ReadonlyMap<string, Child>
  readonly node: Lever
  readonly store: SharedStore
  readonly close: () => Promise<void>
}

function sessionOf(site: Site, running: Running): Session {
  const { nodes, ports, proxy, children, node: nodeLever, store, close } = running
  const link = proxy.control()
  let turn = 0
  return {
    nodes,
    clocks: [...nodes, STORE],
    controls: {
      link,
      clock: clockControl(children, site.clock),
      node: nodeLever,
      revoke: revokeLever(nodes, children),
      store: storeLever(store, link, nodes.map(toStore)),
    },
    counters: async () => ({ 'tokens-issued': await issuedBy(nodes, children) }),
    clock: null,
    origins: new Map(nodes.map((node, index) => [node, originAt(ports[index])])),
    connect(node) {
      const index = node === null ? turn++ % nodes.length : nodes.indexOf(node)
      const port = ports[index]
      if (port === undefined)
        throw new CupelError('ERR_INTERNAL', `there is no node ${String(node)}`)
      return site.wires.http(originAt(port), null)
    },
    async clockOf(name) {
      if (name === STORE) return store.clockOf(name)
      const child = children.get(name)
      return child === undefined ? null : measureClock(child, site.clock)
    },
    close,
  }
}

/** Where a node does not say, as one that is away, its tokens are not counted. */
async function issuedBy(
  nodes: readonly string[],
  children: ReadonlyMap<string, Child>,
): Promise<number> {
  const counts = await Promise.all(
    nodes.map(async (name) =>
      Number(
        await children
          .get(name)
          ?.ask('node', null)
          .catch(() => 0),
      ),
    ),
  )
  return counts.reduce((sum, each) => sum + each, 0)
}

/**
 * Clients are known by their ids; what is done is done at every node. An order that was taken may have come to nothing, so
 * every node is asked afterwards whether it takes the client, by what each of its requests is held against.
 */
function revokeLever(nodes: readonly string[], children: ReadonlyMap<string, Child>): Lever {
  return leverOf((act, on) => {
    if (act !== 'client') return null
    const all = async (order: Json): Promise<readonly unknown[]> =>
      Promise.all(nodes.map(async (name) => children.get(name)?.ask('node', order)))
    const whereAll = async (isTaken: boolean): Promise<Json | null> =>
      (await all({ takes: on })).every((said) => said === isTaken)
        ? { nodes: nodes.length, isTaken }
        : null
    return {
      rung: 'ipc',
      async inflict() {
        await all({ revoke: on, isRevoked: true })
      },
      broken: () => whereAll(false),
      async mend() {
        await all({ revoke: on, isRevoked: false })
      },
      whole: () => whereAll(true),
    }
  })
}

/** What the store itself can do, and else what can be done on all edges to it. */
function storeLever(store: SharedStore, link: Lever, edges: readonly string[]): Lever {
  return leverOf(
    (act, on) =>
      on === STORE ? (store.act(act) ?? acrossEdges(link, edges, ON_EDGES[act] ?? '')) : null,
    (act) => store.lacks(act),
  )
}
