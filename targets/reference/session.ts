/** Starts the processes of a reference system and lends the levers over them: nodes, replay store, and every edge. */
import { entry } from '../../harness/entry.ts'
import { CupelError } from '../../harness/errors.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Session, Site } from '../../harness/model/target.ts'
import { startChild, type Child } from '../levers/child.ts'
import { clockControl, measureClock, SKEWED_CLOCK } from '../levers/process-clock.ts'
import { startTcpProxy, type TcpProxy } from '../levers/tcp-proxy.ts'
import type { NodeConfig } from './config.ts'

/** The programs to start, so that a flawed system differs in nothing else. */
export interface Programs {
  readonly node: URL
  readonly store: URL
  /** What the store is told when it starts. */
  readonly storeConfig: Json
}

export const FAULTLESS_PROGRAMS: Programs = {
  node: entry(import.meta, './node'),
  store: entry(import.meta, './store'),
  storeConfig: null,
}

const STORE = 'store'

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
  const stops: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((stop) => stop()))
  }
  const start = async (name: string, module: URL): Promise<Child> => {
    const child = await startChild(site, { name, module, preloads: [SKEWED_CLOCK] })
    stops.push(() => child.stop())
    return child
  }
  const startProxy = async (): Promise<TcpProxy> => {
    const proxy = await startTcpProxy(site)
    stops.push(() => proxy.close())
    return proxy
  }
  const starting = [
    startProxy(),
    start(STORE, programs.store),
    ...nodes.map((name) => start(name, programs.node)),
  ] as const
  // All have started or failed before any is stopped, so that none is left behind that was still on its way.
  await Promise.allSettled(starting)
  try {
    const [proxy, store, ...running] = await Promise.all(starting)
    const storePort = Number(await store.ask('program', programs.storeConfig))
    const ports = await Promise.all(
      running.map((node) => joinNode(node, { proxy, storePort, config })),
    )
    const children = new Map([store, ...running].map((one) => [one.name, one]))
    return sessionOf(site, { nodes, ports, proxy, children, close })
  } catch (error) {
    await close()
    throw error
  }
}

/** Puts a node between its two edges and gives the port that its clients connect to. */
async function joinNode(
  node: Child,
  {
    proxy,
    storePort,
    config,
  }: { proxy: TcpProxy; storePort: number; config: Omit<NodeConfig, 'storePort'> },
): Promise<number> {
  const toStore = `${node.name}>${STORE}`
  const fromClient = `client>${node.name}`
  const edgePort = await proxy.open(toStore)
  await proxy.aim(toStore, storePort)
  const told: NodeConfig = { ...config, storePort: edgePort }
  const nodePort = Number(await node.ask('program', plain(told)))
  const clientPort = await proxy.open(fromClient)
  await proxy.aim(fromClient, nodePort)
  return clientPort
}

/** The same as JSON, which is all that the IPC channel takes. */
function plain(config: NodeConfig): Json {
  const json: Json = JSON.parse(JSON.stringify(config))
  return json
}

function originAt(port: number | undefined): URL {
  return new URL(`http://127.0.0.1:${port}`)
}

interface Running {
  readonly nodes: readonly string[]
  readonly ports: readonly number[]
  readonly proxy: TcpProxy
  readonly children: ReadonlyMap<string, Child>
  readonly close: () => Promise<void>
}

function sessionOf(site: Site, { nodes, ports, proxy, children, close }: Running): Session {
  let turn = 0
  return {
    nodes,
    clocks: [...nodes, STORE],
    controls: { link: proxy.control(), clock: clockControl(children, site.clock) },
    clock: null,
    origins: new Map(nodes.map((node, index) => [node, originAt(ports[index])])),
    connect(node) {
      const index = node === null ? turn++ % nodes.length : nodes.indexOf(node)
      const port = ports[index]
      if (port === undefined)
        throw new CupelError('ERR_INTERNAL', `there is no node ${String(node)}`)
      return site.wires.http(originAt(port), null)
    },
    async clockOf(node) {
      const child = children.get(node)
      return child === undefined ? null : measureClock(child, site.clock)
    },
    close,
  }
}
