/** From a request to the endpoint it is for: what is no request at all is answered here. */
import {
  badRequest,
  notFound,
  refusedAtToken,
  refusedByHeader,
  success,
  tooLarge,
  wrongMethod,
  type HttpAnswer,
} from './answers.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import type { Endpoints } from './endpoints.ts'
import { isFormType, parseForm, parseJson, type Form } from './form.ts'
import { metadataOf } from './metadata.ts'

/** A request, whatever it came over. */
export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  /** Null when it is too long. */
  readonly body: string | null
}

export interface Serving {
  readonly behaviour: Behaviour
  readonly endpoints: Endpoints
}

export async function answerTo(
  asked: Asked,
  config: NodeConfig,
  { behaviour, endpoints }: Serving,
): Promise<HttpAnswer> {
  const [path = ''] = asked.url.split('?', 1)
  const { paths } = config
  const answer = await (path === paths.metadata || path === paths.resource
    ? atGet(asked, path, config, { behaviour, endpoints })
    : atPost(asked, path, config, { behaviour, endpoints }))
  return behaviour.finish(answer, path)
}

async function atGet(
  asked: Asked,
  path: string,
  config: NodeConfig,
  { behaviour, endpoints }: Serving,
): Promise<HttpAnswer> {
  if (asked.method !== 'GET') return wrongMethod('GET')
  if (path === config.paths.metadata) return success(behaviour.publish(metadataOf(config)))
  const inQuery = queryOf(asked).get('access_token')
  const taken = behaviour.quirks.has('tokens-in-query') && inQuery !== undefined
  return endpoints.resource(taken ? `Bearer ${inQuery}` : asked.authorization)
}

async function atPost(
  asked: Asked,
  path: string,
  { paths }: NodeConfig,
  { behaviour, endpoints }: Serving,
): Promise<HttpAnswer> {
  const { quirks } = behaviour
  if (path !== paths.token && path !== paths.introspection) return notFound()
  if (asked.method !== 'POST' && !(quirks.has('get') && asked.method === 'GET')) {
    return wrongMethod('POST')
  }
  if (asked.body === null) return tooLarge()
  const form = formOf(asked, asked.body, quirks)
  if (form === null) return badRequest('invalid_request', 'not a form, or a parameter comes twice')
  if (asked.authorization !== undefined && !quirks.has('two-mechanisms')) return refusedByHeader()
  if (quirks.has('pedantic-forms') && isUnusual(asked, form)) {
    return refusedAtToken(
      form.has('assertion') ? 'invalid_grant' : 'invalid_client',
      'the request has more in it than there is a use for',
    )
  }
  return path === paths.token ? endpoints.token(form) : endpoints.introspection(form)
}

const USUAL = ['grant_type', 'client_id', 'client_assertion', 'client_assertion_type', 'assertion']

function isUnusual({ contentType, body }: Asked, form: Form): boolean {
  const names = [...new URLSearchParams(body ?? '').keys()]
  return (contentType ?? '').includes(';') || ![...form.keys(), ...names].every(isUsual)
}

function isUsual(name: string): boolean {
  return USUAL.includes(name) || name === 'token' || name === 'scope'
}

function formOf(asked: Asked, body: string, quirks: Behaviour['quirks']): Form | null {
  if (asked.method === 'GET') return queryOf(asked)
  if (isFormType(asked.contentType)) return parseForm(body, quirks.has('repeated-parameters'))
  return quirks.has('json') ? parseJson(body) : null
}

function queryOf({ url }: Asked): Form {
  return parseForm(url.slice(url.indexOf('?') + 1), true) ?? new Map()
}
