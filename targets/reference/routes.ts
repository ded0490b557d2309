/** Which endpoint a request is for, and whether it has the form that this one takes. */
import { badRequest, notFound, wrongMethod, type HttpAnswer } from './answers.ts'
import type { NodeConfig } from './config.ts'
import { isFormType, parseForm, type Form } from './form.ts'

export type EndpointName = keyof NodeConfig['paths']

export type Routed<T> =
  | { readonly kind: 'found'; readonly found: T }
  | { readonly kind: 'wrong'; readonly answer: HttpAnswer }

/** @param url The path and query that were asked for. */
export function endpointAt(
  url: string,
  method: string | undefined,
  paths: NodeConfig['paths'],
): Routed<EndpointName> {
  const [path] = url.split('?', 1)
  if (path === paths.resource)
    return method === 'GET' ? found('resource') : wrong(wrongMethod('GET'))
  if (path !== paths.token && path !== paths.introspection) return wrong(notFound())
  if (method !== 'POST') return wrong(wrongMethod('POST'))
  return found(path === paths.token ? 'token' : 'introspection')
}

/** What stands in the body of a request to the token or the introspection endpoint. */
export function formIn(
  body: string,
  headers: {
    readonly 'content-type'?: string | undefined
    readonly authorization?: string | undefined
  },
): Routed<Form> {
  const form = isFormType(headers['content-type']) ? parseForm(body) : null
  if (form === null)
    return wrong(badRequest('invalid_request', 'not a form, or a parameter comes twice'))
  if (headers.authorization !== undefined) {
    return wrong(
      badRequest('invalid_request', 'the Authorization header is no way to authenticate here'),
    )
  }
  return found(form)
}

function found<T>(value: T): Routed<T> {
  return { kind: 'found', found: value }
}

function wrong(answer: HttpAnswer): Routed<never> {
  return { kind: 'wrong', answer }
}
