/** A real Redis as the store of a system: processes of this machine. */
import type { Site } from '../../harness/model/target.ts'
import { pausing } from '../levers/pausing.ts'
import { freePorts } from '../ports.ts'
import { startPrograms } from '../process.ts'
import { redisActs, redisClock, type RedisServer, type RedisSystem } from './redis-acts.ts'
import type { SharedStore, StartStore } from './shared-store.ts'

/** @param remembers How many keys the nodes keep in it; null for all. */
export function redisStore(remembers: number | null): StartStore {
  return async (site, moved) =>
    storeOver(
      {
        site,
        rungs: { pause: 'SIGSTOP', kill: 'process' },
        // A run that is being stopped still mends what it broke.
        start: (replicaOf) =>
          startRedis({ ...site, signal: new AbortController().signal }, replicaOf),
        moved,
        primary: await startRedis(site, null),
        replica: null,
      },
      remembers,
    )
}

export function storeOver(system: RedisSystem, remembers: number | null): SharedStore {
  const acts = redisActs(system)
  return {
    port: () => system.primary.port,
    told: { redis: { remembers } },
    act: (name) => acts[name] ?? null,
    lacks: () => null,
    clockOf: () => redisClock(system),
    async stop() {
      await system.primary.stop()
      await system.replica?.stop()
    },
  }
}

/** Nothing of it is kept, and a replica that is wanted is wanted now. */
export const REDIS_SETTINGS: readonly string[] = Object.entries({
  save: '',
  appendonly: 'no',
  'repl-diskless-sync-delay': '0',
}).flatMap(([name, value]) => [`--${name}`, value])

async function startRedis(site: Site, replicaOf: RedisServer | null): Promise<RedisServer> {
  const port = (await freePorts(['redis'])).get('redis') ?? 0
  const follow = replicaOf === null ? [] : ['--replicaof', '127.0.0.1', String(replicaOf.port)]
  const where = ['--port', String(port), '--bind', '127.0.0.1']
  const name = replicaOf === null ? 'redis' : 'redis-replica'
  const running = await startPrograms(site, [
    {
      name,
      port,
      folder: site.folder,
      file: {
        command: ['redis-server', ...where, ...REDIS_SETTINGS, ...follow],
        ready: { tcp: true },
      },
    },
  ])
  const pause = pausing(site, name)
  return {
    port,
    kill: async () => running.one(name)?.kill(),
    async pause() {
      const process = running.one(name)
      if (process !== null) await pause.pause(-process.pid)
    },
    resume: () => pause.resume(),
    async stop() {
      await pause.resume()
      await running.stop()
    },
  }
}
