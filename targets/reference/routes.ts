/** From a request to the endpoint it is for, with what it brings: what is no request at all is answered here. */
import {
  badRequest,
  notFound,
  refusedAtToken,
  refusedByHeader,
  tooLarge,
  wrongMethod,
  type HttpAnswer,
} from './answers.ts'
import type { Quirks } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { bearerIn } from './credentials.ts'
import { isFormType, parseForm, parseJson, type Form } from './form.ts'

/** A request, whatever it came over. */
export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  /** What it calls the server (RFC 9110 §7.2). */
  readonly host: string | undefined
  /** Null when it is too long. */
  readonly body: string | null
}

export type Routed =
  | { readonly kind: 'wrong'; readonly answer: HttpAnswer }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'resource'; readonly token: string | undefined }
  | { readonly kind: FormKind; readonly form: Form }

/** The endpoints that take a form. */
type FormKind = 'token' | 'introspection' | 'revocation'

export function routed(asked: Asked, paths: NodeConfig['paths'], quirks: Quirks): Routed {
  switch (pathOf(asked)) {
    case paths.metadata:
      return asked.method === 'GET' ? { kind: 'metadata' } : wrong(wrongMethod('GET'))
    case paths.resource:
      return asked.method === 'GET' ? atResource(asked, quirks) : wrong(wrongMethod('GET'))
    case paths.token:
      return withForm('token', asked, quirks)
    case paths.introspection:
      return withForm('introspection', asked, quirks)
    case paths.revocation:
      return withForm('revocation', asked, quirks)
    default:
      return wrong(notFound())
  }
}

export function pathOf({ url }: Pick<Asked, 'url'>): string {
  return url.split('?', 1)[0] ?? ''
}

function atResource(asked: Asked, quirks: Quirks): Routed {
  const inQuery = quirks.has('tokens-in-query') ? queryOf(asked).get('access_token') : undefined
  return { kind: 'resource', token: inQuery ?? bearerIn(asked.authorization) }
}

function withForm(kind: FormKind, asked: Asked, quirks: Quirks): Routed {
  if (asked.method !== 'POST' && !(quirks.has('get') && asked.method === 'GET')) {
    return wrong(wrongMethod('POST'))
  }
  if (asked.body === null) return wrong(tooLarge())
  const form = formOf(asked, asked.body, quirks)
  if (form === null)
    return wrong(badRequest('invalid_request', 'not a form, or a parameter comes twice'))
  if (asked.authorization !== undefined && !quirks.has('two-mechanisms')) {
    return wrong(refusedByHeader())
  }
  if (isOverdone(asked, form, quirks)) {
    return wrong(
      refusedAtToken(
        form.has('assertion') ? 'invalid_grant' : 'invalid_client',
        'the request is not written as it is wanted here',
      ),
    )
  }
  return { kind, form }
}

/** Nothing that anybody may refuse it for. */
function isOverdone(asked: Asked, form: Form, quirks: Quirks): boolean {
  return (
    (quirks.has('pedantic-forms') && isUnusual(asked, form)) ||
    (quirks.has('parameters-in-order') && isAssertionEarly(form)) ||
    (quirks.has('capital-digits-only') && /%(?:[a-f]|.[a-f])/.test(asked.body ?? ''))
  )
}

function isAssertionEarly(form: Form): boolean {
  const names = [...form.keys()]
  const asked = names.indexOf('grant_type')
  const typed = names.indexOf('client_assertion_type')
  return ['client_assertion', 'assertion'].some((name) => {
    const at = names.indexOf(name)
    return at >= 0 && (at < asked || (name === 'client_assertion' && at < typed))
  })
}

const USUAL = [
  'grant_type',
  'client_id',
  'client_assertion',
  'client_assertion_type',
  'assertion',
  'token',
  'scope',
]

function isUnusual({ contentType, body }: Asked, form: Form): boolean {
  const names = [...new URLSearchParams(body ?? '').keys()]
  return (
    (contentType ?? '').includes(';') ||
    ![...form.keys(), ...names].every((name) => USUAL.includes(name))
  )
}

function formOf(asked: Asked, body: string, quirks: Quirks): Form | null {
  if (asked.method === 'GET') return queryOf(asked)
  if (isFormType(asked.contentType)) return parseForm(body, quirks.has('repeated-parameters'))
  return quirks.has('json') ? parseJson(body) : null
}

function queryOf({ url }: Asked): Form {
  return parseForm(url.slice(url.indexOf('?') + 1), true) ?? new Map()
}

function wrong(answer: HttpAnswer): Routed {
  return { kind: 'wrong', answer }
}
