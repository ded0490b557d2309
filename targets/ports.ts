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

/** Plain data with `{name}` replaced in every text within it; what has no value stays as it is. */
export function filled<Value>(plain: Value, values: ReadonlyMap<string, string>): Value {
  const fill = (_key: string, value: unknown): unknown =>
    typeof value === 'string'
      ? value.replaceAll(
          /(?<!\$)\{([\w.-]+)\}/gu,
          (whole, name: string) => values.get(name) ?? whole,
        )
      : value
  const copy: Value = JSON.parse(JSON.stringify(plain), fill)
  return copy
}
