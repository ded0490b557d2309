/** A node of the reference: HTTP in front of the endpoints. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listenOnLoopback } from '../levers/listen.ts'
import {
  badRequest,
  notFound,
  refusedByHeader,
  serverError,
  success,
  tooLarge,
  wrongMethod,
  type HttpAnswer,
} from './answers.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { metadataOf } from './metadata.ts'
import { openEndpoints, type Endpoints } from './endpoints.ts'
import { isFormType, parseForm } from './form.ts'
import { storeClient } from './store-client.ts'

/** More than any form of two assertions needs. */
const MOST_BYTES = 128 * 1024

/** Connections are kept for longer than a run pauses, so that few requests meet one that is being closed. */
const KEEP_ALIVE_MS = 60_000

/** Starts the node on a free port of the loopback interface and gives that port. */
export async function serveNode(config: NodeConfig, behaviour: Behaviour): Promise<number> {
  const endpoints = await openEndpoints(config, behaviour, storeClient(config.storePort))
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true },
    (request, response) => {
      void respond(request, config, endpoints)
        .catch(() => serverError())
        .then((answer) => write(response, answer))
    },
  )
  return listenOnLoopback(server)
}

async function respond(
  request: IncomingMessage,
  config: NodeConfig,
  endpoints: Endpoints,
): Promise<HttpAnswer> {
  const { paths } = config
  const path = (request.url ?? '').split('?', 1)[0]
  if (path === paths.metadata) {
    request.resume()
    return request.method === 'GET' ? success(metadataOf(config)) : wrongMethod('GET')
  }
  if (path === paths.resource) {
    request.resume()
    return request.method === 'GET'
      ? endpoints.resource(request.headers.authorization)
      : wrongMethod('GET')
  }
  if (path !== paths.token && path !== paths.introspection) return notFound()
  if (request.method !== 'POST') return wrongMethod('POST')
  const body = await bodyOf(request)
  if (body === null) return tooLarge()
  const form = isFormType(request.headers['content-type']) ? parseForm(body) : null
  if (form === null) return badRequest('invalid_request', 'not a form, or a parameter comes twice')
  if (request.headers.authorization !== undefined) return refusedByHeader()
  return path === paths.token ? endpoints.token(form) : endpoints.introspection(form)
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
