/** What can be done to a real Redis, wherever it runs, with a replica that can take over from it. */
import type { Json } from '../../harness/model/plan.ts'
import type { Session, Site } from '../../harness/model/target.ts'
import { numberIn, seenWithin, type Act } from '../levers/lever.ts'
import { repliesAt } from '../levers/replies.ts'
import { asRedis, infoOf, numberOf } from './redis-commands.ts'

/** One server: a process, or a container. */
export interface RedisServer {
  /** Of this machine. */
  readonly port: number
  kill(): Promise<void>
  pause(): Promise<void>
  /** Lets it go on, if it was paused. */
  resume(): Promise<void>
  /** Ends it, whatever became of it; never rejects. */
  stop(): Promise<void>
}

export interface RedisSystem {
  readonly site: Site
  /** What it is paused and killed with. */
  readonly rungs: { readonly pause: string; readonly kill: string }
  /** Starts one, empty or as a replica. */
  start(replicaOf: RedisServer | null): Promise<RedisServer>
  /** Leads those who ask it to the primary there is now. */
  moved(): Promise<void>
  primary: RedisServer
  /** The other one: what was started to take over, or what it took over from. */
  replica: RedisServer | null
}

/** Redis tells its own time, in seconds and microseconds. */
export async function redisClock({ site, primary }: RedisSystem): ReturnType<Session['clockOf']> {
  const before = site.clock.nowUs()
  const told = await asRedis(primary.port, ['TIME']).catch((): Json => null)
  const after = site.clock.nowUs()
  if (!Array.isArray(told)) return null
  const atUs = Number(told[0]) * 1e6 + Number(told[1])
  return { source: 'redis-time', lowUs: atUs - after, highUs: atUs + 1 - before }
}

export function redisActs(system: RedisSystem): Readonly<Record<string, Act>> {
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

function ask({ primary }: RedisSystem, ...command: readonly string[]): Promise<Json> {
  return asRedis(primary.port, command)
}

function entriesOf({ port }: RedisServer): Promise<number> {
  return asRedis(port, ['DBSIZE']).then(Number)
}

async function answers({ primary }: RedisSystem): Promise<Json | null> {
  return (await repliesAt(primary.port, 'PING\r\n')) ? { answers: true } : null
}

function flush(system: RedisSystem): Act {
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
function fill(system: RedisSystem): Act {
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

async function populate(system: RedisSystem, keys: number): Promise<void> {
  for (let done = 0; done < keys; done += AT_ONCE) {
    const some = Math.min(AT_ONCE, keys - done)
    await ask(system, 'EVAL', POPULATE, '0', ...[done, some, FOREIGN_BYTES].map(String))
  }
}

function pause(system: RedisSystem): Act {
  return {
    rung: system.rungs.pause,
    inflict: () => system.primary.pause(),
    broken: async () => ((await answers(system)) === null ? { answers: false } : null),
    mend: () => system.primary.resume(),
    whole: () => answers(system),
  }
}

function restartEmpty(system: RedisSystem): Act {
  let before = 0
  return {
    rung: system.rungs.kill,
    async inflict() {
      before = await entriesOf(system.primary)
      await system.primary.kill()
    },
    broken: async () =>
      before > 0 && (await answers(system)) === null ? { entriesBefore: before } : null,
    async mend() {
      if ((await answers(system)) !== null) return
      const gone = system.primary
      system.primary = await system.start(null)
      await gone.stop()
      await system.moved()
    },
    whole: () => answers(system),
  }
}

/** A setting under which nothing new is taken; what is there can be asked for. */
function refusing(
  system: RedisSystem,
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
function failOver(system: RedisSystem): Act {
  let lost = 0
  return {
    rung: RUNG,
    async inflict(options) {
      const { site, primary } = system
      await system.replica?.stop()
      const replica = await system.start(primary)
      system.replica = replica
      const follows = async (): Promise<Json | null> =>
        (await infoOf(replica.port))['master_link_status'] === 'up' ? true : null
      if ((await seenWithin(site.clock, FOLLOW_US, follows)) === null)
        throw new Error('the replica never followed')
      await asRedis(replica.port, ['REPLICAOF', 'NO', 'ONE'])
      await site.clock.sleepUntil(site.clock.nowUs() + numberIn(options, 'seconds') * 1e6)
      lost = (await entriesOf(primary)) - (await entriesOf(replica))
      await primary.kill()
      system.replica = primary
      system.primary = replica
      await system.moved()
    },
    broken: async () => (lost > 0 ? { entriesLost: lost } : null),
    mend: async () => undefined,
    whole: () => answers(system),
  }
}
