/** What the nodes of the embedded target share in place of the reference's own store. */
import { CupelError } from '../harness/errors.ts'
import type { Containers } from './containers/containers.ts'
import type { Flaw } from './flawed/flaw.ts'
import { isInstalled } from './levers/installed.ts'
import type { Programs } from './reference/session.ts'

/** A Redis of this machine, or one in a container. */
export type RealStore = 'redis' | 'redis-container'

export const REDIS_INSTALL = 'redis-server, which is not installed: apt install redis-server'

/** A real store is loaded only where it is asked for. */
export function withStore(
  programs: Programs,
  store: RealStore | undefined,
  flaw: Pick<Flaw, 'remembers'> | null,
): Programs {
  if (store === undefined) return programs
  /** How many keys the nodes keep in it; null for all. */
  const remembers = flaw?.remembers ?? null
  return { ...programs, ...(store === 'redis' ? inProcesses(remembers) : inContainers(remembers)) }
}

function inProcesses(remembers: number | null): Pick<Programs, 'lacks' | 'startStore'> {
  return {
    lacks: async () => (isInstalled('redis-server') ? null : `needs ${REDIS_INSTALL}`),
    startStore: async (site, moved) => {
      const { redisStore } = await import('./reference/redis-store.ts')
      return redisStore(remembers)(site, moved)
    },
  }
}

function inContainers(remembers: number | null): Pick<Programs, 'lacks' | 'startStore'> {
  let containers: Containers | null = null
  return {
    async lacks(site) {
      const { openContainers } = await import('./containers/containers.ts')
      containers = await openContainers(site)
      if (containers.missing !== null) await containers.close()
      return containers.missing
    },
    startStore: async (site, moved) => {
      if (containers === null) throw new CupelError('ERR_INTERNAL', 'there are no containers')
      const { containedStore } = await import('./reference/redis-container.ts')
      return containedStore(containers, remembers)(site, moved)
    },
  }
}
