/** Where the servers of our own processes listen: a free port of the loopback interface, and nowhere else. */
import type { Server } from 'node:net'

/** Resolves to the port. An HTTP server is a Server of node:net too. */
export function listenOnLoopback(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new TypeError('a listening server has an address'))
    })
  })
}
