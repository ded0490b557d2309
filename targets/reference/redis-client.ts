/** A node's connection to a Redis that is its replay store. */
import { randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import { mayRepeat, type Question, type Said } from './asking.ts'
import type { StoreClient } from './store-client.ts'

/** From asking to giving up, the retry included; as long as the reference's own store is waited for. */
const ANSWER_MS = 500
const CONNECT_AGAIN_MS = 20

/**
 * Keeps a key with the number of what inserted it (KEYS[1], ARGV[1]) until a time (ARGV[2]), and no more than so many
 * (ARGV[3]): the one inserted first goes. `cupel:order` is who came when.
 */
const KEEP_FEW = `
local held = redis.call('SET', KEYS[1], ARGV[1], 'PXAT', ARGV[2], 'NX', 'GET')
if held then return held end
redis.call('ZADD', 'cupel:order', redis.call('INCR', 'cupel:count'), KEYS[1])
while redis.call('ZCARD', 'cupel:order') > tonumber(ARGV[3]) do
  redis.call('DEL', redis.call('ZPOPMIN', 'cupel:order')[1])
end
return false`

/** @param remembers How many keys there is room for; null for any number. */
export function redisClient(
  at: { readonly host: string; readonly port: number },
  remembers: number | null,
): StoreClient {
  const client = connected(at, { maxRetriesPerRequest: 1 })
  const once = connected(at, { autoResendUnfulfilledCommands: false, lazyConnect: true })
  return {
    ask: (question) =>
      asked(mayRepeat(question) ? client : once, question, remembers).catch(
        (): Said => 'unavailable',
      ),
  }
}

function connected(
  at: { readonly host: string; readonly port: number },
  more: Pick<
    RedisOptions,
    'maxRetriesPerRequest' | 'autoResendUnfulfilledCommands' | 'lazyConnect'
  >,
): Redis {
  const client = new Redis({
    ...at,
    commandTimeout: ANSWER_MS,
    connectTimeout: ANSWER_MS,
    retryStrategy: () => CONNECT_AGAIN_MS,
    ...more,
  })
  // Each failed try to connect is an event; what it means for a question shows in its answer.
  return client.on('error', () => undefined)
}

/** The client sends again what it had no answer to: the number tells such a retry from another insert. */
async function asked(
  client: Redis,
  { op, key, keepUntilMs }: Question,
  remembers: number | null,
): Promise<Said> {
  const untilMs = Math.ceil(keepUntilMs)
  switch (op) {
    case 'insert': {
      const own = randomUUID()
      const held =
        remembers === null
          ? await client.set(key, own, 'PXAT', untilMs, 'NX', 'GET')
          : await client.eval(KEEP_FEW, 1, key, own, untilMs, remembers)
      return held === null || held === own ? 'inserted' : 'present'
    }
    case 'find':
      return (await client.exists(key)) === 1 ? 'present' : 'absent'
    case 'release':
      await client.del(key)
      return 'released'
    case 'save':
      await client.set(key, '', 'PXAT', untilMs)
      return 'saved'
  }
}
