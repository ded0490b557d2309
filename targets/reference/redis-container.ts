/** A real Redis as the store of a system, in containers. */
import type { Container, Containers, ContainerWish } from '../containers/containers.ts'
import type { Site } from '../../harness/model/target.ts'
import { freePorts } from '../ports.ts'
import type { RedisServer, RedisSystem } from './redis-acts.ts'
import { REDIS_SETTINGS, storeOver } from './redis-store.ts'
import type { StartStore } from './shared-store.ts'

/** Where a Redis listens unless it is told otherwise. */
const PORT = 6379

/** @param remembers How many keys the nodes keep in it; null for all. */
export function containedStore(containers: Containers, remembers: number | null): StartStore {
  return async (site, moved) => {
    const wish: Omit<ContainerWish, 'hostPort'> = {
      name: 'redis',
      image: process.env['CUPEL_REDIS_IMAGE'] ?? 'redis:8',
      // Without a password it would talk to nobody outside of its container.
      command: ['redis-server', '--protected-mode', 'no', ...REDIS_SETTINGS],
      env: {},
      port: PORT,
      networks: ['redis'],
      aliases: ['redis'],
      files: {},
      mounts: {},
      ready: { tcp: true },
    }
    const start = starter(containers, wish)
    try {
      const store = storeOver(
        { site, rungs: CONTAINER_RUNGS, start, moved, primary: await start(null), replica: null },
        remembers,
      )
      return {
        ...store,
        stop: () => containers.close(),
      }
    } catch (error) {
      await containers.close()
      throw error
    }
  }
}

/**
 * A Redis that runs already, among whose networks a server that takes over is given its name.
 *
 * @param moved Told the port of this machine that leads to it.
 */
export function containedRedis(
  site: Site,
  containers: Containers,
  store: Container,
  moved: (port: number) => Promise<void>,
): RedisSystem {
  const { name, networks } = store.wish
  const primary = serverIn(store)
  const names = new Map([[primary, name]])
  const system: RedisSystem = {
    site,
    rungs: CONTAINER_RUNGS,
    start: starter(containers, store.wish, names),
    primary,
    replica: null,
    async moved() {
      const own = names.get(system.primary) ?? ''
      const container = containers.one(own)
      if (container === null) throw new RangeError(`there is no container ${own}`)
      for (const network of networks) {
        // What it is called there is said when it comes to be there.
        await container.disconnect({ network, aliases: [] })
        await container.connect({ network, aliases: [own, name] })
      }
      await moved(container.port)
    },
  }
  return system
}

const CONTAINER_RUNGS: RedisSystem['rungs'] = {
  pause: 'docker pause',
  kill: 'docker kill',
}

/** Starts servers as it is wished, each under a name and a port of its own. */
function starter(
  containers: Containers,
  wish: Omit<ContainerWish, 'hostPort'>,
  names = new Map<RedisServer, string>(),
): RedisSystem['start'] {
  let started = 0
  return async (replicaOf) => {
    const name = `${wish.name}-${++started}`
    const primary = replicaOf === null ? undefined : names.get(replicaOf)
    const follow = primary === undefined ? [] : ['--replicaof', primary, String(wish.port)]
    const container = await containers.start({
      ...wish,
      name,
      aliases: [name],
      command: [...(wish.command ?? ['redis-server']), ...follow],
      hostPort: (await freePorts([name])).get(name) ?? 0,
    })
    const server = serverIn(container)
    names.set(server, name)
    return server
  }
}

function serverIn(container: Container): RedisServer {
  return {
    port: container.port,
    kill: () => container.act('kill'),
    pause: () => container.act('pause'),
    async resume() {
      if ((await container.state()).status === 'paused') await container.act('unpause')
    },
    async stop() {
      await container.act('remove').catch(() => undefined)
    },
  }
}
