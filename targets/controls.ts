/** The controls that a target file offers, the best rung first. */
import type { Lever, LeverName } from '../harness/model/fault.ts'
import type { Json } from '../harness/model/plan.ts'
import type { ControlsFile } from '../harness/model/target-file.ts'
import type { Clock, Session, Site } from '../harness/model/target.ts'
import { edgeAct, nodeActs, storeActs } from './containers/acts.ts'
import type { Containers } from './containers/containers.ts'
import { acrossEdges, ON_EDGES } from './levers/across.ts'
import { execClock, execLever } from './levers/exec.ts'
import { FAKETIME_INSTALL, faketimeClock } from './levers/faketime.ts'
import { bestOf, leverOf, seenWithin, type Act } from './levers/lever.ts'
import { pausing, type Pausing } from './levers/pausing.ts'
import { answersAt } from './levers/replies.ts'
import { toxiproxyLever } from './levers/toxiproxy.ts'
import { filled } from './ports.ts'
import type { Process, Running } from './process.ts'
import { takesConnections } from './ready.ts'

interface Place {
  readonly clock: Clock
  readonly folder: string
  readonly running: Running
  readonly containers: Pick<Containers, 'one'>
  /** Over keys that we publish; null where there are none. */
  readonly keys?: Lever | null
  /** Over the edges that a proxy of ours stands on; null where there are none. */
  readonly proxies?: Lever | null
  /** Whether something that is started asks for a libfaketime that is not here. */
  readonly lacksFaketime: boolean
  /** What a store of its own kind can suffer, by name. */
  readonly storeActs?: Readonly<Record<string, Act>>
}

interface FileControls {
  /** The levers over an opened session, and why a control is not there. */
  over(session: Pick<Session, 'clockOf' | 'nodes'>): Pick<Session, 'controls' | 'lacking'>
  close(): Promise<void>
}

const STORE = 'store'

export function openControls(
  site: Site,
  file: ControlsFile,
  given: Omit<Place, 'clock'>,
): FileControls {
  const place: Place = { ...given, clock: site.clock }
  const { faketime, exec = [], ...own } = filled(file, new Map([['folder', site.folder]]))
  const pauses = new Map<string, Pausing>()
  const nodes = nodesLever(own.nodes ?? {}, place, (on) => {
    const pause = pauses.get(on) ?? pausing(site, on)
    pauses.set(on, pause)
    return pause
  })
  const links = linksOf(own, place)
  const leversOf = (names: readonly string[]): Partial<Record<LeverName, Lever>> => {
    const commands = (of: LeverName): readonly Lever[] =>
      exec.some(({ fault }) => fault.startsWith(`${of}.`))
        ? [execLever(exec, of, place.folder)]
        : []
    const all: Readonly<Record<LeverName, readonly Lever[]>> = {
      node: [...nodes, ...commands('node')],
      link: [...links, ...commands('link')],
      store: [...storeLevers(own, place, { links, nodes: names }), ...commands('store')],
      keys: [...(place.keys ? [place.keys] : []), ...commands('keys')],
      revoke: commands('revoke'),
    }
    return Object.fromEntries(
      Object.entries(all).flatMap(([of, levers]) =>
        levers.length === 0 ? [] : [[of, bestOf(levers)]],
      ),
    )
  }
  return {
    over(session) {
      const controls = leversOf(session.nodes)
      const { clock } = site
      if (own.clock !== undefined)
        return {
          controls: { ...controls, clock: execClock(own.clock, place.folder, { session, clock }) },
        }
      if (faketime === undefined) return { controls }
      return place.lacksFaketime
        ? { controls, lacking: { clock: FAKETIME_INSTALL } }
        : { controls: { ...controls, clock: faketimeClock(faketime, session, clock) } }
    },
    async close() {
      for (const pause of pauses.values()) await pause.resume()
    },
  }
}

function nodesLever(
  nodes: Readonly<Record<string, string>>,
  { clock, running, containers }: Place,
  pauseOf: (on: string) => Pausing,
): readonly Lever[] {
  if (Object.keys(nodes).length === 0) return []
  return [
    leverOf((act, on) => {
      const name = nodes[on] ?? ''
      const container = containers.one(name)
      if (container !== null) return nodeActs(container, clock)[act] ?? null
      const process = running.one(name)
      return process === null ? null : (actsOn(process, pauseOf(on), clock)[act] ?? null)
    }),
  ]
}

function linksOf(
  { networks, toxiproxy }: ControlsFile,
  { clock, containers, proxies = null }: Place,
): readonly Lever[] {
  const own = proxies === null ? [] : [proxies]
  const theirs =
    toxiproxy === undefined ? [] : [toxiproxyLever(new URL(toxiproxy.url), toxiproxy.edges)]
  if (networks === undefined) return [...own, ...theirs]
  const edges = leverOf((act, on) => {
    const edge = networks[on]
    const container = edge === undefined ? null : containers.one(edge.container)
    return act !== 'cut' || edge === undefined || container === null
      ? null
      : edgeAct(container, edge, clock)
  })
  return [...own, edges, ...theirs]
}

/** What the store itself can suffer, and else what all edges to it can. */
function storeLevers(
  { store }: ControlsFile,
  { clock, containers, storeActs: own }: Place,
  { links, nodes }: { readonly links: readonly Lever[]; readonly nodes: readonly string[] },
): readonly Lever[] {
  if (store === undefined && links.length === 0) return []
  const container = store === undefined ? null : containers.one(store.container)
  const acts = own ?? (container === null ? {} : storeActs(container, clock))
  const edges = nodes.map((node) => `${node}>${STORE}`)
  return [
    leverOf((act, on) =>
      on === STORE ? (acts[act] ?? acrossEdges(bestOf(links), edges, ON_EDGES[act] ?? '')) : null,
    ),
  ]
}

/** How long what was let go may take to show it, on a machine that is busy. */
const PATIENCE_US = 3_000_000

function actsOn(process: Process, pause: Pausing, clock: Clock): Readonly<Record<string, Act>> {
  const takes = async (): Promise<Json | null> =>
    (await takesConnections(process.port)) ? { takesConnections: true } : null
  return {
    kill: {
      rung: 'process',
      inflict: () => process.kill(),
      broken: async () => ((await takes()) === null ? { takesConnections: false } : null),
      async mend() {
        if ((await takes()) === null) await process.restart()
      },
      whole: takes,
    },
    pause: {
      rung: 'SIGSTOP',
      inflict: () => pause.pause(-process.pid),
      broken: async () => ((await answersAt(process.port)) ? null : { answers: false }),
      mend: () => pause.resume(),
      whole: () =>
        seenWithin(clock, PATIENCE_US, async () =>
          (await answersAt(process.port)) ? { answers: true } : null,
        ),
    },
  }
}
