/** A TCP proxy of ours on every edge of a target, so that each can be cut: the parent's end of the switchboard. */
import { entry } from '../../harness/entry.ts'
import type { LinkControl } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Site } from '../../harness/model/target.ts'
import { startChild } from './child.ts'

export interface TcpProxy {
  /** Opens an edge and gives the loopback port that its users connect to. */
  open(edge: string): Promise<number>
  /** Says where the edge leads; to be said before anybody connects. */
  aim(edge: string, targetPort: number): Promise<void>
  /** The lever over the edges that are open when it is asked for. */
  control(): LinkControl
  close(): Promise<void>
}

/** Starts the one process in which all edges run. */
export async function startTcpProxy(site: Pick<Site, 'adopt'>): Promise<TcpProxy> {
  const child = await startChild(site, {
    name: 'switchboard',
    module: entry(import.meta, './switchboard'),
    preloads: [],
  })
  const edges: string[] = []
  const order = (act: string, edge: string, port: number | null = null): Promise<Json> =>
    child.ask('program', { act, edge, port })
  return {
    async open(edge) {
      const port = Number(await order('open', edge))
      edges.push(edge)
      return port
    },
    async aim(edge, port) {
      await order('aim', edge, port)
    },
    control: () => ({
      rung: 'tcp-proxy',
      edges: [...edges],
      async cut(edge) {
        await order('cut', edge)
      },
      async mend(edge) {
        await order('mend', edge)
      },
      probe: async (edge) => probed(await order('probe', edge)),
    }),
    close: () => child.stop(),
  }
}

function probed(answer: Json): Awaited<ReturnType<LinkControl['probe']>> {
  if (typeof answer !== 'object' || answer === null || !('reached' in answer)) {
    throw new TypeError('the switchboard answers a probe with what it saw')
  }
  const { reached, attempts, bytes } = answer
  return { reached: reached === true, attempts: Number(attempts), bytes: Number(bytes) }
}
