/** A TCP proxy of ours on every edge of a target, so that each can be broken: the parent's end of the switchboard. */
import { entry } from '../../harness/entry.ts'
import type { Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Site } from '../../harness/model/target.ts'
import { startChild } from './child.ts'
import type { EdgeSeen, Trouble } from './edge.ts'
import { leverOf, numberIn, seenWithin, type Act, type Options } from './lever.ts'

export interface TcpProxy {
  /**
   * Opens an edge and gives the port that its users connect to.
   *
   * @param host The address of this machine that they come by; the loopback interface's when absent.
   */
  open(edge: string, host?: string): Promise<number>
  /** Says where the edge leads; to be said before anybody connects. What is open stays where it led. */
  aim(edge: string, targetPort: number): Promise<void>
  /** The lever over its edges. */
  control(): Lever
  /** The port that an edge's users connect to. */
  port(edge: string): number
  /** Whether who connects to the edge now reaches the other end. */
  reached(edge: string): Promise<boolean>
  close(): Promise<void>
}

/** Starts the one process in which all edges run. */
export async function startTcpProxy(site: Pick<Site, 'adopt' | 'clock'>): Promise<TcpProxy> {
  const child = await startChild(site, {
    name: 'switchboard',
    module: entry(import.meta, './switchboard'),
    preloads: [],
  })
  const ports = new Map<string, number>()
  const order = (act: string, edge: string, wanted: Wanted = {}): Promise<Json> =>
    child.ask('program', { act, edge, port: null, trouble: null, host: null, ...wanted })
  return {
    async open(edge, host) {
      const port = Number(await order('open', edge, host === undefined ? {} : { host }))
      ports.set(edge, port)
      return port
    },
    async aim(edge, port) {
      await order('aim', edge, { port })
    },
    control: () => leverOf((act, on) => (ports.has(on) ? actOn(on, act) : null)),
    port: (edge) => ports.get(edge) ?? 0,
    reached: async (edge) => seenIn(await order('probe', edge)).reached,
    close: () => child.stop(),
  }

  function actOn(edge: string, name: string): Act | null {
    if (!TROUBLES.includes(name)) return null
    const look = async (): Promise<EdgeSeen> => seenIn(await order('probe', edge))
    return {
      rung: 'tcp-proxy',
      async inflict(options) {
        await order('break', edge, { trouble: troubleOf(name, options) })
      },
      broken: () =>
        seenWithin(site.clock, EVIDENCE_US, async () => {
          const seen = await look()
          return isInForce(name, seen) ? { ...seen } : null
        }),
      async mend() {
        await order('mend', edge)
      },
      async whole() {
        const seen = await look()
        return seen.reached ? { ...seen } : null
      },
    }
  }
}

interface Wanted {
  readonly port?: number
  readonly trouble?: Trouble
  readonly host?: string
}

const TROUBLES = ['cut', 'black-hole', 'one-way', 'slow']

/** How long something has to pass, or not, for a trouble that shows in what passes alone. */
const EVIDENCE_US = 2_000_000

function troubleOf(name: string, options: Options): Trouble {
  switch (name) {
    case 'cut':
    case 'black-hole':
    case 'one-way':
      return { kind: name }
    default:
      return { kind: 'slow', delayMs: numberIn(options, 'seconds') * 1000 }
  }
}

function isInForce(name: string, { reached, swallowed, delayed }: EdgeSeen): boolean {
  if (name === 'one-way') return swallowed > 0
  return name === 'slow' ? delayed > 0 : !reached
}

function seenIn(answer: Json): EdgeSeen {
  if (typeof answer !== 'object' || answer === null || !('reached' in answer)) {
    throw new TypeError('the switchboard answers a probe with what it saw')
  }
  const { reached, attempts, bytes, swallowed, delayed } = answer
  return {
    reached: reached === true,
    attempts: Number(attempts),
    bytes: Number(bytes),
    swallowed: Number(swallowed),
    delayed: Number(delayed),
  }
}
