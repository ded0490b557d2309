/** Which credentials a request carries, and for what. */
import type { Quirks } from './behaviour.ts'
import type { Form } from './form.ts'
import type { Credential } from './reading.ts'

/** The client_assertion_type of RFC 7523 §2.2. */
const JWT_BEARER_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Every credential that an endpoint may ask about, in a form. */
export function credentialsIn(form: Form, quirks: Quirks): readonly Credential[] {
  const assertion = form.get('assertion')
  const token = form.get('token')
  return [
    clientCredential(form, quirks),
    ...(assertion === undefined ? [] : [grantCredential(assertion)]),
    ...(token === undefined ? [] : [bearerCredential(token)]),
  ]
}

/** Client authentication by private_key_jwt, the one method there is (RFC 7521 §4.2, RFC 7523 §2.2). */
export function clientCredential(form: Form, quirks: Quirks): Credential {
  const typed =
    form.get('client_assertion_type') === JWT_BEARER_CLIENT || quirks.has('any-assertion-type')
  const isAlone = typed && (!form.has('client_secret') || quirks.has('two-mechanisms'))
  const text = isAlone ? (form.get('client_assertion') ?? '') : ''
  return { text, usage: 'client-authentication' }
}

export function grantCredential(text: string): Credential {
  return { text, usage: 'authorization-grant' }
}

export function bearerCredential(text: string): Credential {
  return { text, usage: 'bearer-token' }
}

export function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
}

/** Any sign of client authentication, complete or not. */
export function namesClient(form: Form): boolean {
  return ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'].some((name) =>
    form.has(name),
  )
}
