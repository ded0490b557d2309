/** Redis commands of the harness's own, one connection each: few, and never in the way of what is judged. */
import { Redis } from 'ioredis'
import type { Json } from '../../harness/model/plan.ts'

const ANSWER_MS = 2_000

/** Rejects with what Redis says, or when it says nothing. */
export async function asRedis(port: number, command: readonly string[]): Promise<Json> {
  const [name = '', ...rest] = command
  const client = new Redis({
    host: '127.0.0.1',
    port,
    commandTimeout: ANSWER_MS,
    connectTimeout: ANSWER_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  client.on('error', () => undefined)
  try {
    const told: unknown = await client.call(name, ...rest)
    const plain: Json = JSON.parse(JSON.stringify(told ?? null))
    return plain
  } finally {
    client.disconnect()
  }
}

/** What `INFO` says, by name. */
export async function infoOf(port: number): Promise<Readonly<Record<string, string>>> {
  const text = await asRedis(port, ['INFO'])
  const lines = typeof text === 'string' ? text.split('\r\n') : []
  return Object.fromEntries(
    lines.flatMap((line) => {
      const at = line.indexOf(':')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : []
    }),
  )
}

/** @throws {RangeError} When it says no such thing. */
export function numberOf(info: Readonly<Record<string, string>>, name: string): number {
  const value = Number(info[name])
  if (Number.isFinite(value)) return value
  throw new RangeError(`Redis says nothing of ${name}`)
}
