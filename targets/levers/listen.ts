/** Where the servers of our own processes listen: a free port of the loopback interface, unless it is said otherwise. */
import { createServer, type Server } from 'node:net'

/** Resolves to the port. An HTTP server is a Server of node:net too. */
export function listenOnLoopback(server: Server): Promise<number> {
  return listenOn(server, LOOPBACK)
}

export const LOOPBACK = '127.0.0.1'

/**
 * @param host An address of this machine.
 * @param port Any that is free when absent.
 */
export function listenOn(server: Server, host: string, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new TypeError('a listening server has an address'))
    })
  })
}

/** Whether an address is one of this machine, also where its interface leads nowhere yet. */
export async function isOfThisMachine(host: string): Promise<boolean> {
  const server = createServer()
  const listens = await listenOn(server, host).then(
    () => true,
    () => false,
  )
  server.close()
  return listens
}
