/** What can be done to a simulated system: every fault by name, as two plain operations on its cluster. */
import type { Forgets } from '../../harness/model/history.ts'
import type { FaultWindow, Json } from '../../harness/model/plan.ts'
import { changeOf, KEY_ACTS, wholeOf } from '../levers/shelf.ts'
import type { SimulatedClock } from './clock.ts'
import type { Cluster } from './cluster.ts'
import type { Link } from './link.ts'
import type { SimulatedNode } from './node.ts'
import type { Taking } from './store.ts'

export interface Operation {
  /** Whose memory it wipes. */
  readonly forgets: Forgets
  readonly inflict: (cluster: Cluster, at: Place) => void
  readonly mend: (cluster: Cluster, at: Place) => void
}

/** Where it happens, and what else the fault wants to know. */
export interface Place {
  readonly on: string
  readonly options: Readonly<Record<string, Json>>
  readonly option: (name: string) => number
}

const nothing = (): void => undefined

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'link.cut': onLink((link) => link.cut()),
  'link.black-hole': onLink((link) => link.set({ there: 'lost', back: 'lost' })),
  'link.one-way': onLink((link) => link.set({ back: 'lost' })),
  'link.slow': onLink((link, option) => link.set({ extraDelayUs: option('seconds') * 1e6 })),
  'link.lossy': onLink((link, option) => link.set({ lossRate: option('rate') })),
  'link.flaky': onLink((link, option) => link.set({ resetRate: option('rate') })),
  'clock.offset': onClock((clock, option) => clock.setOffset(option('offsetSeconds') * 1e6)),
  'clock.drift': onClock((clock, option) => clock.setDrift(option('ppm'))),
  'node.kill': onNode('node', { inflict: (node) => node.kill(), mend: (node) => node.start() }),
  'node.pause': onNode('nothing', {
    inflict: (node) => node.pause(),
    mend: (node) => node.resume(),
  }),
  'store.flush': { forgets: 'shared', inflict: ({ store }) => store.flush(), mend: nothing },
  'store.fill': {
    forgets: 'shared',
    inflict: ({ store }, { option }) => store.fill(option('keys')),
    mend: nothing,
  },
  'store.pause': {
    forgets: 'nothing',
    inflict: ({ store }) => store.pause(),
    mend: ({ store }) => store.resume(),
  },
  'store.outage': {
    forgets: 'nothing',
    inflict: ({ store }) => store.stop(),
    mend: ({ store }) => store.start(),
  },
  'store.restart-empty': {
    forgets: 'shared',
    inflict({ store }) {
      store.stop()
      store.flush()
    },
    mend: ({ store }) => store.start(),
  },
  'store.full': limiting('nothing-new'),
  'store.read-only': limiting('no-change'),
  'store.fail-over': {
    forgets: 'shared',
    inflict: ({ store }, { option }) => store.failOver(option('seconds')),
    mend: nothing,
  },
  'revoke.client': {
    forgets: 'nothing',
    inflict: revoking(true),
    mend: revoking(false),
  },
  ...Object.fromEntries([...KEY_ACTS].map((act) => [`keys.${act}`, onShelf(act)])),
  'store.slow': {
    forgets: 'nothing',
    inflict: ({ links }, { option }) =>
      toStore(links).forEach((link) => link.set({ extraDelayUs: option('seconds') * 1e6 })),
    mend: ({ links }) => toStore(links).forEach((link) => link.mend()),
  },
}

function limiting(to: Taking): Operation {
  return {
    forgets: 'nothing',
    inflict: ({ store }) => store.limit(to),
    mend: ({ store }) => store.limit('everything'),
  }
}

function revoking(isRevoked: boolean): Operation['inflict'] {
  return ({ nodes }, { on }) => {
    for (const { registry } of nodes.values()) registry.revoke(on, isRevoked)
  }
}

function onShelf(act: string): Operation {
  return {
    forgets: 'nothing',
    inflict({ published }, { on, options }) {
      const shelf = found(published.shelves, on)
      Object.assign(
        shelf,
        changeOf(act, shelf.party, options, (key, { kid }) => ({ ...key, kid })),
      )
    },
    mend({ published }, { on }) {
      const shelf = found(published.shelves, on)
      Object.assign(shelf, wholeOf(shelf.party))
    },
  }
}

function toStore(links: Cluster['links']): readonly Link[] {
  return [...links.values()].filter(({ name }) => name.endsWith('>store'))
}

export function isOperation(fault: string): boolean {
  return Object.hasOwn(OPERATIONS, fault)
}

/** @throws {RangeError} When no fault of a simulation has that name. */
export function operationOf({ fault }: Pick<FaultWindow, 'fault'>): Operation {
  const known = OPERATIONS[fault]
  if (known === undefined) throw new RangeError(`no simulation knows a fault ${fault}`)
  return known
}

export function placeOf({ on, options = {} }: FaultWindow): Place {
  const given: Readonly<Record<string, Json>> = options
  return {
    on,
    options: given,
    option: (name) => {
      const value = given[name]
      return typeof value === 'number' ? value : 0
    },
  }
}

function onLink(inflict: (link: Link, option: Place['option']) => void): Operation {
  return {
    forgets: 'nothing',
    inflict: ({ links }, { on, option }) => inflict(found(links, on), option),
    mend: ({ links }, { on }) => found(links, on).mend(),
  }
}

/** Mending sets a clock right. */
function onClock(inflict: (clock: SimulatedClock, option: Place['option']) => void): Operation {
  return {
    forgets: 'nothing',
    inflict: ({ clocks }, { on, option }) => inflict(found(clocks, on), option),
    mend({ clocks }, { on }) {
      const clock = found(clocks, on)
      clock.setDrift(0)
      clock.setOffset(0)
    },
  }
}

function onNode(
  forgets: Forgets,
  how: Readonly<Record<'inflict' | 'mend', (node: SimulatedNode) => void>>,
): Operation {
  return {
    forgets,
    inflict: ({ nodes }, { on }) => how.inflict(found(nodes, on)),
    mend: ({ nodes }, { on }) => how.mend(found(nodes, on)),
  }
}

function found<T>(of: ReadonlyMap<string, T>, name: string): T {
  const one = of.get(name)
  if (one === undefined) throw new RangeError(`there is no ${name} in this system`)
  return one
}
