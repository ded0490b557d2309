/** The clients of a target file that publish their keys: where those are found, and the host of ours that serves them. */
import { CupelError } from '../harness/errors.ts'
import type { Lever } from '../harness/model/fault.ts'
import type { Json } from '../harness/model/plan.ts'
import type { ContainerFile } from '../harness/model/target-file.ts'
import type { Session } from '../harness/model/target.ts'
import { HOST } from './containers/order.ts'
import { startJwksHost, type Jwk, type JwksHost } from './levers/jwks-host.ts'
import { LOOPBACK } from './levers/listen.ts'
import type { PublishedParty } from './levers/shelf.ts'
import { publishedBy, registration, type Party } from './parties.ts'
import { freePorts } from './ports.ts'

export interface Publishing {
  /** What a server is set up with that runs in a container, or else on this machine. */
  registration(contained: boolean): Json
  readonly isWanted: boolean
  /** @param host The address of this machine by which servers come. */
  open(host: string): Promise<void>
  /** The lever over the keys; null where nobody publishes any. */
  lever(): Lever | null
  counters(): Pick<Session, 'counters'>
  close(): Promise<void>
}

interface File {
  readonly issuer: string
  readonly containers?: Readonly<Record<string, ContainerFile>>
}

/** Its port is chosen at once, since servers are told where keys are before anybody serves them. */
export async function publishingOf(
  { issuer }: File,
  parties: readonly Party[],
): Promise<Publishing> {
  const publishers = parties.filter(({ publishes }) => publishes !== null)
  const [given] = publishers.flatMap(({ publishes }) => publishes?.port ?? [])
  const port = given ?? (await freePorts(['keys'])).get('keys') ?? 0
  let host: JwksHost | null = null
  return {
    registration: (contained) =>
      registration(issuer, parties, (party) => uriOf(contained ? HOST : LOOPBACK, port, party)),
    isWanted: publishers.length > 0,
    async open(at) {
      if (publishers.length === 0) return
      const shelves = publishers.map((party): [string, PublishedParty<Jwk>] => [
        party.principal.name,
        publishedBy(party),
      ])
      host = await startJwksHost(Object.fromEntries(shelves), { host: at, port }).catch(
        (cause: unknown) => {
          throw new CupelError('ERR_TARGET_START', `keys cannot be served at ${at}:${port}`, {
            hint: 'Another program may have that port: `publishes.port` of the target file names it.',
            cause,
          })
        },
      )
    },
    lever: () => host?.control ?? null,
    counters() {
      const own = host
      return own === null ? {} : { counters: async () => ({ 'jwks-fetches': own.fetches() }) }
    },
    async close() {
      await host?.close()
    },
  }
}

function uriOf(host: string, port: number, party: string): string {
  return `http://${host}:${port}/${encodeURIComponent(party)}`
}
