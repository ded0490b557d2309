/** A node of the reference: HTTP in front of the endpoints. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { listenOnLoopback } from '../levers/listen.ts'
import { answerParent } from '../levers/parent.ts'
import { serverError, type HttpAnswer } from './answers.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { openLiveEndpoints, type LiveEndpoints } from './live-endpoints.ts'
import type { Asked } from './routes.ts'
import { storeClient, type StoreClient } from './store-client.ts'

/** More than any form of two assertions needs. */
const MOST_BYTES = 128 * 1024

/** Connections are kept for longer than a run pauses, so that few requests meet one that is being closed. */
const KEEP_ALIVE_MS = 60_000

/** Starts the node on a free port of the loopback interface and gives that port. */
export async function serveNode(config: NodeConfig, behaviour: Behaviour): Promise<number> {
  const endpoints = await openLiveEndpoints(config, behaviour, await storeOf(config))
  answerParent('node', (order) => {
    if (isRevocation(order)) endpoints.registry.revoke(order.revoke, order.isRevoked)
    return isQuestion(order) ? endpoints.registry.holds(order.takes) : endpoints.issued()
  })
  return listenOnLoopback(serverOf(endpoints))
}

/** HTTP in front of endpoints, wherever it is to listen. */
export function serverOf(endpoints: Pick<LiveEndpoints, 'answer'>): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (request, response) => {
    void bodyOf(request)
      .then((body) => endpoints.answer(askedBy(request, body)))
      .catch(() => serverError())
      .then((answer) => write(response, answer))
  })
}

/** What the parent may order besides asking how many tokens were issued. */
interface Revocation {
  readonly revoke: string
  readonly isRevoked: boolean
}

function isRevocation(order: unknown): order is Revocation {
  return typeof order === 'object' && order !== null && 'revoke' in order && 'isRevoked' in order
}

/** Whether it holds a client, which is what it asks itself for every request. */
function isQuestion(order: unknown): order is { readonly takes: string } {
  return typeof order === 'object' && order !== null && 'takes' in order
}

/** Loaded only where it is spoken to. */
async function storeOf({ storePort, redis }: NodeConfig): Promise<StoreClient> {
  if (redis === undefined) return storeClient(storePort)
  const { redisClient } = await import('./redis-client.ts')
  return redisClient({ host: '127.0.0.1', port: storePort }, redis.remembers)
}

function askedBy({ method, url, headers }: IncomingMessage, body: string | null): Asked {
  return {
    method: method ?? '',
    url: url ?? '',
    contentType: headers['content-type'],
    authorization: headers.authorization,
    host: headers.host,
    body,
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function write(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, headers).end(JSON.stringify(body))
}
