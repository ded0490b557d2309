/** oidc-provider's memory in Redis, in the way of its own example adapter: one value a key, forgotten by Redis itself. */
import { Redis } from 'ioredis'
import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Redis takes no time that is longer than 64 bits of milliseconds, and an assertion may say so of itself. */
const LONGEST_SECONDS = 2 ** 31

/** What oidc-provider calls once for each of its models (AccessToken, ReplayDetection, …). */
export function redisAdapters(port: number): (model: string) => Adapter {
  const redis = new Redis({ port, host: '127.0.0.1', keyPrefix: 'oidc:' })
  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`
    const find = async (id: string): Promise<AdapterPayload | undefined> => {
      const text = await redis.get(keyOf(id))
      if (text === null) return undefined
      const payload: AdapterPayload = JSON.parse(text)
      return payload
    }
    return {
      find,
      async upsert(id, payload, expiresIn) {
        const text = JSON.stringify(payload)
        if (expiresIn === undefined) await redis.set(keyOf(id), text)
        else
          await redis.set(keyOf(id), text, 'EX', Math.min(Math.max(1, expiresIn), LONGEST_SECONDS))
      },
      async destroy(id) {
        await redis.del(keyOf(id))
      },
      async consume(id) {
        const payload = await find(id)
        if (payload === undefined) return
        const consumed = { ...payload, consumed: Math.floor(Date.now() / 1000) }
        await redis.set(keyOf(id), JSON.stringify(consumed), 'KEEPTTL')
      },
      // Grants, sessions and device codes belong to flows in which a person takes part; none of them runs here.
      revokeByGrantId: async () => undefined,
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
    }
  }
}
