/** What can be done to a container, and how it is seen: from outside where that shows it, else by the engine's word. */
import type { Json } from '../../harness/model/plan.ts'
import type { NetworkEdge } from '../../harness/model/target-file.ts'
import type { Clock } from '../../harness/model/target.ts'
import { seenWithin, type Act } from '../levers/lever.ts'
import { takesConnections } from '../ready.ts'
import { answersAt } from '../levers/replies.ts'
import type { Container } from './containers.ts'

const PROBE_MS = 5_000
/** How long what was let go may take to show it, on a machine that is busy; less than an act may take. */
const PATIENCE_US = 20_000_000

/** Killed and run again as it was, or held still. */
export function nodeActs(container: Container, clock: Clock): Readonly<Record<string, Act>> {
  const runs = async (): Promise<Json | null> =>
    (await container.state()).status === 'running' && (await takesConnections(container.port))
      ? { takesConnections: true }
      : null
  return {
    kill: {
      rung: 'docker kill',
      inflict: () => container.act('kill'),
      broken: async () =>
        (await takesConnections(container.port)) ? null : { takesConnections: false },
      async mend() {
        if ((await runs()) === null) await container.restart()
      },
      whole: runs,
    },
    pause: paused(container, clock),
  }
}

/** Held still, or replaced by one that has nothing of what it held. */
export function storeActs(container: Container, clock: Clock): Readonly<Record<string, Act>> {
  const runs = async (): Promise<Json | null> =>
    (await container.state()).status === 'running' ? { running: true } : null
  return {
    pause: paused(container, clock),
    'restart-empty': {
      rung: 'docker rm',
      inflict: () => container.act('remove'),
      broken: async () =>
        (await takesConnections(container.port)) ? null : { takesConnections: false },
      async mend() {
        if ((await runs()) === null) await container.restart()
      },
      whole: runs,
    },
  }
}

/** Where it speaks HTTP its silence is seen; the processor is taken from whatever else it is, which the engine says. */
function paused(container: Container, clock: Clock): Act {
  const speaks = container.wish.ready !== undefined && 'http' in container.wish.ready
  return {
    rung: 'docker pause',
    inflict: () => container.act('pause'),
    async broken() {
      const { status } = await container.state()
      if (status !== 'paused') return null
      if (!speaks) return { status }
      return (await answersAt(container.port)) ? null : { status, answers: false }
    },
    async mend() {
      if ((await container.state()).status === 'paused') await container.act('unpause')
    },
    async whole() {
      const { status } = await container.state()
      if (status !== 'running') return null
      if (!speaks) return { status }
      return seenWithin(clock, PATIENCE_US, async () =>
        (await answersAt(container.port)) ? { answers: true } : null,
      )
    },
  }
}

/** An edge is cut where its container is taken off its network, and no longer reaches the other end. */
export function edgeAct(container: Container, { network, probe }: NetworkEdge, clock: Clock): Act {
  const on = { network, aliases: container.wish.aliases }
  const isOn = async (): Promise<boolean> => (await container.state()).networks.includes(network)
  const reaches = async (): Promise<boolean> => (await container.exec(probe, PROBE_MS)) === 0
  return {
    rung: 'docker network disconnect',
    inflict: () => container.disconnect(on),
    broken: async () => ((await isOn()) || (await reaches()) ? null : { reached: false }),
    async mend() {
      if (!(await isOn())) await container.connect(on)
    },
    whole: () =>
      seenWithin(clock, PATIENCE_US, async () =>
        (await isOn()) && (await reaches()) ? { reached: true } : null,
      ),
  }
}
