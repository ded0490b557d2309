/** Free ports for the programs of a target file, and the texts that name them. */
import { createServer, type Server } from 'node:net'
import { listenOn, LOOPBACK } from './levers/listen.ts'

/**
 * Ports that were free a moment ago, one for each name. All are held until the last is found, so that no two are one.
 *
 * Whoever they are for listens there only later, so they are none that an outgoing connection may be given meanwhile:
 * those begin at 32768 on Linux (ip_local_port_range) and higher elsewhere.
 */
export async function freePorts(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const servers = await Promise.all(names.map(() => listening()))
  await Promise.all(servers.map(({ server }) => new Promise((resolve) => server.close(resolve))))
  return new Map(names.map((name, index) => [name, servers[index]?.port ?? 0]))
}

const LOWEST = 20_000
const COUNT = 12_000
const TRIES = 200

/** Runs side by side begin apart from one another, and one run asks for none a second time. */
let next = (process.pid * 7_919) % COUNT

async function listening(
  tries = TRIES,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer()
  const port = tries === 0 ? 0 : LOWEST + (next++ % COUNT)
  try {
    return { server, port: await listenOn(server, LOOPBACK, port) }
  } catch (error) {
    if (tries === 0) throw error
    return listening(tries - 1)
  }
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
