/** autocannon, with one body for all requests, and with a body of its own for each, as its documentation says. */
import autocannon from 'autocannon'
import { CONNECTIONS, type Contender } from '../contender.ts'
import { bodyOf } from '../bodies.ts'

const HEADERS = {
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
}

export const autocannonFixed: Contender = {
  name: 'autocannon, one body',
  missing: async () => null,
  async run({ server: { port }, seconds }) {
    const body = bodyOf('a'.repeat(420))
    await autocannon({ ...settings(port, seconds), body })
  },
}

/** The assertions are there beforehand, as ours are: only what it costs to send them is compared. */
export const autocannonVaried: Contender = {
  name: 'autocannon, setupRequest',
  missing: async () => null,
  async run({ server: { port }, seconds }) {
    let sent = 0
    await autocannon({
      ...settings(port, seconds),
      requests: [
        {
          method: 'POST',
          setupRequest: (request) => ({
            ...request,
            body: bodyOf(String(sent++).padStart(420, 'a')),
          }),
        },
      ],
    })
  },
}

function settings(port: number, seconds: number) {
  return {
    url: `http://127.0.0.1:${port}/token`,
    method: 'POST' as const,
    headers: HEADERS,
    connections: CONNECTIONS,
    duration: seconds,
  }
}
