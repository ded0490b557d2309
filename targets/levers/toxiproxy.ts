/** Levers over edges that a Toxiproxy stands on, by its HTTP API (its README, "HTTP API"). */
import type { Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import { leverOf, numberIn, type Act, type Options } from './lever.ts'

/** What our toxics are called, so that nobody else's are taken away. */
const TOXIC = 'cupel'

/** A toxic of this many milliseconds of silence never ends a connection of its own. */
const FOREVER = 0

/** @param proxies The names of its proxies, by the edges that they stand on. */
export function toxiproxyLever(origin: URL, proxies: Readonly<Record<string, string>>): Lever {
  const ask = asker(origin)
  return leverOf((name, on) => {
    const proxy = proxies[on]
    return proxy === undefined || !NAMES.includes(name)
      ? null
      : actOn(`/proxies/${proxy}`, name, ask)
  })
}

const NAMES = ['cut', 'black-hole', 'one-way', 'slow']

function actOn(path: string, name: string, ask: Ask): Act {
  const proxy = async (): Promise<Readonly<Record<string, Json>>> => (await ask('GET', path)).body
  return {
    rung: 'toxiproxy',
    async inflict(options) {
      if (name === 'cut') await succeed(ask('POST', path, { enabled: false }))
      else
        for (const toxic of toxics(name, options))
          await succeed(ask('POST', `${path}/toxics`, toxic))
    },
    async broken() {
      const seen = await proxy()
      const there = name === 'cut' ? seen['enabled'] === false : ours(seen).length > 0
      return there ? { enabled: seen['enabled'] ?? null, toxics: ours(seen) } : null
    },
    async mend() {
      if (name === 'cut') await succeed(ask('POST', path, { enabled: true }))
      else
        for (const toxic of ours(await proxy()))
          await succeed(ask('DELETE', `${path}/toxics/${toxic}`))
    },
    async whole() {
      const seen = await proxy()
      return seen['enabled'] === true && ours(seen).length === 0 ? { enabled: true } : null
    },
  }
}

function toxics(name: string, options: Options): readonly Readonly<Record<string, Json>>[] {
  const toxic = (stream: string, type: string, attributes: Readonly<Record<string, Json>>) => ({
    name: `${TOXIC}_${stream}`,
    type,
    stream,
    attributes,
  })
  const silent = { timeout: FOREVER }
  switch (name) {
    case 'one-way':
      return [toxic('downstream', 'timeout', silent)]
    case 'slow':
      return [toxic('upstream', 'latency', { latency: numberIn(options, 'seconds') * 1000 })]
    default:
      return [toxic('upstream', 'timeout', silent), toxic('downstream', 'timeout', silent)]
  }
}

function ours(proxy: Readonly<Record<string, Json>>): readonly string[] {
  const list = proxy['toxics']
  if (!Array.isArray(list)) return []
  return list.flatMap((each: Json) => {
    const name = typeof each === 'object' && each !== null && 'name' in each ? each['name'] : null
    return typeof name === 'string' && name.startsWith(`${TOXIC}_`) ? [name] : []
  })
}

interface Told {
  readonly status: number
  readonly body: Readonly<Record<string, Json>>
}
type Ask = (method: string, path: string, body?: Json) => Promise<Told>

function asker(origin: URL): Ask {
  return async (method, path, body) => {
    const response = await fetch(new URL(path, origin), {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const told: Json = text === '' ? {} : JSON.parse(text)
    return { status: response.status, body: isObject(told) ? told : {} }
  }
}

const ANSWER_MS = 5_000

async function succeed(asked: Promise<Told>): Promise<void> {
  const { status, body } = await asked
  if (status < 300) return
  throw new Error(`Toxiproxy answered ${status}: ${JSON.stringify(body).slice(0, 200)}`)
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
