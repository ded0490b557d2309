/** A real Redis as the store of a system, with a replica that can take over from it. */
import type { Json } from '../../harness/model/plan.ts'
import type { Session, Site } from '../../harness/model/target.ts'
import { numberIn, seenWithin, type Act } from '../levers/lever.ts'
import { pausing, type Pausing } from '../levers/pausing.ts'
import { repliesAt } from '../levers/replies.ts'
import { freePorts } from '../ports.ts'
import { startPrograms, type Running } from '../process.ts'
import { asRedis, infoOf, numberOf } from './redis-commands.ts'
import type { StartStore } from './shared-store.ts'

/** @param remembers How many keys the nodes keep in it; null for all. */
export function redisStore(remembers: number | null): StartStore {
  return async (site, moved) => {
    const system: System = {
      site,
      moved,
      primary: await startRedis(site, null),
      replica: null,
      pause: pausing(site, 'redis'),
    }
    const acts = actsOf(system)
    return {
      port: () => system.primary.port,
      told: { redis: { remembers } },
      act: (name) => acts[name] ?? null,
      lacks: () => null,
      clockOf: () => clockOf(system),
      async stop() {
        await system.pause.resume()
        await system.primary.running.stop()
        await system.replica?.running.stop()
      },
    }
  }
}

interface Server {
  readonly port: number
  readonly running: Running
}

interface System {
  readonly site: Site
  readonly moved: () => Promise<void>
  readonly pause: Pausing
  primary: Server
  /** Started when it is first wanted. */
  replica: Server | null
}

async function startRedis(site: Site, replicaOf: number | null): Promise<Server> {
  const port = (await freePorts(['redis'])).get('redis') ?? 0
  const follow = replicaOf === null ? [] : ['--replicaof', '127.0.0.1', String(replicaOf)]
  const command = ['redis-server', '--port', String(port), '--save', '', '--appendonly', 'no']
  // A replica that is wanted is wanted now.
  const atOnce = ['--repl-diskless-sync-delay', '0']
  const running = await startPrograms(site, [
    {
      name: replicaOf === null ? 'redis' : 'redis-replica',
      port,
      folder: site.folder,
      file: {
        command: [...command, '--bind', '127.0.0.1', ...atOnce, ...follow],
        ready: { tcp: true },
      },
    },
  ])
  return { port, running }
}

/** Redis tells its own time, in seconds and microseconds. */
async function clockOf({ site, primary }: System): ReturnType<Session['clockOf']> {
  const before = site.clock.nowUs()
  const told = await asRedis(primary.port, ['TIME']).catch((): Json => null)
  const after = site.clock.nowUs()
  if (!Array.isArray(told)) return null
  const atUs = Number(told[0]) * 1e6 + Number(told[1])
  return { source: 'redis-time', lowUs: atUs - after, highUs: atUs + 1 - before }
}

function actsOf(system: System): Readonly<Record<string, Act>> {
  return {
    flush: flush(system),
    fill: fill(system),
    pause: pause(system),
    'restart-empty': restartEmpty(system),
    full: refusing(system, { setting: 'maxmemory', broken: '1', whole: '0' }),
    'read-only': refusing(system, {
      setting: 'min-replicas-to-write',
      broken: '100',
      whole: '0',
    }),
    'fail-over': failOver(system),
  }
}

const RUNG = 'redis'

function ask({ primary }: System, ...command: readonly string[]): Promise<Json> {
  return asRedis(primary.port, command)
}

function entriesOf({ port }: Server): Promise<number> {
  return asRedis(port, ['DBSIZE']).then(Number)
}

async function answers({ primary }: System): Promise<Json | null> {
  return (await repliesAt(primary.port, 'PING\r\n')) ? { answers: true } : null
}

function flush(system: System): Act {
  let before = 0
  return {
    rung: RUNG,
    async inflict() {
      before = await entriesOf(system.primary)
      await ask(system, 'FLUSHALL')
    },
    async broken() {
      const after = await entriesOf(system.primary)
      return after < before ? { entriesBefore: before, entriesAfter: after } : null
    },
    mend: async () => undefined,
    whole: () => answers(system),
  }
}

/** What nobody has used for longest makes room for what is new. */
function fill(system: System): Act {
  const evicted = async (): Promise<number> =>
    numberOf(await infoOf(system.primary.port), 'evicted_keys')
  let before = 0
  return {
    rung: RUNG,
    async inflict(options) {
      before = await evicted()
      const room = numberOf(await infoOf(system.primary.port), 'used_memory') + ROOM_BYTES
      await ask(system, 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')
      await ask(system, 'CONFIG', 'SET', 'maxmemory', String(room))
      await populate(system, numberIn(options, 'keys'))
    },
    async broken() {
      const gone = (await evicted()) - before
      return gone > 0 ? { evicted: gone } : null
    },
    async mend() {
      await ask(system, 'CONFIG', 'SET', 'maxmemory', '0')
      await ask(system, 'CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    },
    whole: () => answers(system),
  }
}

const FOREIGN_BYTES = 1024
/** For less than so much Redis cannot even answer. */
const ROOM_BYTES = 262_144

/** Between two scripts Redis makes room. */
const AT_ONCE = 200
const POPULATE = `
for each = ARGV[1], ARGV[1] + ARGV[2] - 1 do
  redis.call('SET', 'foreign:' .. each, string.rep('x', ARGV[3]))
end`

async function populate(system: System, keys: number): Promise<void> {
  for (let done = 0; done < keys; done += AT_ONCE) {
    const some = Math.min(AT_ONCE, keys - done)
    await ask(system, 'EVAL', POPULATE, '0', ...[done, some, FOREIGN_BYTES].map(String))
  }
}

function pause(system: System): Act {
  return {
    rung: 'SIGSTOP',
    async inflict() {
      await system.pause.pause(numberOf(await infoOf(system.primary.port), 'process_id'))
    },
    broken: async () => ((await answers(system)) === null ? { answers: false } : null),
    mend: () => system.pause.resume(),
    whole: () => answers(system),
  }
}

function restartEmpty(system: System): Act {
  let before = 0
  return {
    rung: 'process',
    async inflict() {
      before = await entriesOf(system.primary)
      await system.primary.running.one('redis')?.kill()
    },
    broken: async () =>
      before > 0 && (await answers(system)) === null ? { entriesBefore: before } : null,
    async mend() {
      if ((await answers(system)) !== null) return
      system.primary = await startRedis(patient(system.site), null)
      await system.moved()
    },
    whole: () => answers(system),
  }
}

/** A setting under which nothing new is taken; what is there can be asked for. */
function refusing(
  system: System,
  setting: { readonly setting: string; readonly broken: string; readonly whole: string },
): Act {
  const set = (to: string): Promise<Json> => ask(system, 'CONFIG', 'SET', setting.setting, to)
  const refusal = (): Promise<string | null> =>
    ask(system, 'SET', 'cupel:probe', '', 'PX', '1').then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  return {
    rung: RUNG,
    async inflict() {
      await set(setting.broken)
    },
    async broken() {
      const said = await refusal()
      return said === null ? null : { said }
    },
    async mend() {
      await set(setting.whole)
    },
    whole: async () => ((await refusal()) === null ? { takesWrites: true } : null),
  }
}

/** How long a new replica may take to have everything, in microseconds. */
const FOLLOW_US = 10_000_000

/**
 * A replica follows, then hears nothing for `seconds` while the primary goes on, and then takes over from it. What came in
 * between is lost, as in any system that replicates without waiting.
 */
function failOver(system: System): Act {
  let lost = 0
  return {
    rung: RUNG,
    async inflict(options) {
      const { site, primary } = system
      const replica = await startRedis(patient(site), primary.port)
      system.replica = replica
      const follows = async (): Promise<Json | null> =>
        (await infoOf(replica.port))['master_link_status'] === 'up' ? true : null
      if ((await seenWithin(site.clock, FOLLOW_US, follows)) === null)
        throw new Error('the replica never followed')
      await asRedis(replica.port, ['REPLICAOF', 'NO', 'ONE'])
      await site.clock.sleepUntil(site.clock.nowUs() + numberIn(options, 'seconds') * 1e6)
      lost = (await entriesOf(primary)) - (await entriesOf(replica))
      await primary.running.one('redis')?.kill()
      system.replica = primary
      system.primary = replica
      await system.moved()
    },
    broken: async () => (lost > 0 ? { entriesLost: lost } : null),
    mend: async () => undefined,
    whole: () => answers(system),
  }
}

/** A run that is being stopped still mends what it broke. */
function patient(site: Site): Site {
  return { ...site, signal: new AbortController().signal }
}
