/** The edges of a target file that a proxy of ours stands on: opened before anybody is started who asks there. */
import type { Lever } from '../harness/model/fault.ts'
import type { ContainerFile, ControlsFile, ProxiedEdge } from '../harness/model/target-file.ts'
import type { Site } from '../harness/model/target.ts'
import { HOST } from './containers/order.ts'
import { LOOPBACK } from './levers/listen.ts'
import { startTcpProxy, type TcpProxy } from './levers/tcp-proxy.ts'

export interface Edges {
  /** @param host The address of this machine by which containers come. */
  open(host: string): Promise<void>
  /** What the placeholders of somebody who is started stand for; to be asked once they are open. */
  valuesFor(name: string): readonly (readonly [string, string])[]
  /** Whether it asks at a proxy. */
  isAsker(name: string): boolean
  /** Leads those who ask `name` to another port of this machine; what is open stays where it led. */
  lead(name: string, port: number): Promise<void>
  /** The lever over them; null where there are none. */
  lever(): Lever | null
  close(): Promise<void>
}

interface File {
  readonly containers?: Readonly<Record<string, ContainerFile>>
  readonly controls?: Pick<ControlsFile, 'proxies'>
}

/** @param ports Of this machine, by the names of what is started. */
export function edgesOf(
  site: Site,
  { containers = {}, controls = {} }: File,
  ports: ReadonlyMap<string, number>,
): Edges {
  const edges = Object.entries(controls.proxies ?? {})
  let proxy: TcpProxy | null = null
  const from = (name: string): readonly (readonly [string, ProxiedEdge])[] =>
    edges.filter(([, edge]) => edge.from === name)
  return {
    async open(host) {
      if (edges.length === 0) return
      proxy = await startTcpProxy(site)
      for (const [edge, { from: asker, to }] of edges) {
        await proxy.open(edge, Object.hasOwn(containers, asker) ? host : LOOPBACK)
        await proxy.aim(edge, ports.get(to) ?? 0)
      }
    },
    valuesFor: (name) =>
      from(name).flatMap(([edge, { to }]) => [
        [`via.${to}.host`, Object.hasOwn(containers, name) ? HOST : LOOPBACK],
        [`via.${to}.port`, String(proxy?.port(edge) ?? 0)],
      ]),
    isAsker: (name) => from(name).length > 0,
    async lead(name, port) {
      for (const [edge, { to }] of edges) if (to === name) await proxy?.aim(edge, port)
    },
    lever: () => proxy?.control() ?? null,
    async close() {
      await proxy?.close()
    },
  }
}
