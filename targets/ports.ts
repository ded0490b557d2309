/** Free ports for the programs of a target file, and the texts that name them. */
import { createServer } from 'node:net'

/** Ports that were free a moment ago, one for each name. All are held until the last is found, so that no two are one. */
export async function freePorts(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const servers = names.map(() => createServer())
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject)
          server.listen({ port: 0, host: '127.0.0.1' }, () => {
            const address = server.address()
            resolve(typeof address === 'object' && address !== null ? address.port : 0)
          })
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return new Map(names.map((name, index) => [name, ports[index] ?? 0]))
}

/** A value with `{name}` replaced in every text within it; what has no value stays as it is. */
export function filled<Value>(value: Value, values: ReadonlyMap<string, string>): Value {
  return fill(value, values) as Value
}

function fill(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\{([\w.-]+)\}/gu, (whole, name: string) => values.get(name) ?? whole)
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, values)]))
}
