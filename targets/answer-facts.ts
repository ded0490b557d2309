/** What else an answer says that checks ask about: never a secret, and no text longer than a name. */
import type { Issued, Metadata } from '../harness/model/history.ts'
import { memberOf, stringIn, type Body } from './answer-form.ts'
import { plainHeader, remembering } from './plain-text.ts'

/** How much of a list or a name is kept of what a target sends. */
const MOST_MEMBERS = 40
const MOST_CHARACTERS = 200

export function issuedIn(body: Body | null): Issued {
  const expires = memberOf(body, 'expires_in')
  return {
    type: textIn(body, 'token_type'),
    expiresSeconds: typeof expires === 'number' && Number.isFinite(expires) ? expires : null,
    scope: textIn(body, 'scope'),
    refresh: stringIn(body, 'refresh_token') !== null,
  }
}

/** RFC 8414 §2, and what ID-JAG adds to it. */
export function metadataIn(body: Body): Metadata {
  return {
    issuer: addressIn(body, 'issuer'),
    authMethods: listIn(body, 'token_endpoint_auth_methods_supported'),
    authAlgorithms: listIn(body, 'token_endpoint_auth_signing_alg_values_supported'),
    grantTypes: listIn(body, 'grant_types_supported'),
    grantProfiles: listIn(body, 'authorization_grant_profiles_supported'),
  }
}

/** A server says the same of nearly every token. */
const keptText = remembering(plainHeader)

function textIn(body: Body | null, name: string): string | null {
  const text = stringIn(body, name)
  return text === null ? null : keptText(text.slice(0, MOST_CHARACTERS))
}

/** A published name is kept as it is, since it is compared letter by letter; nothing in such letters acts or is markup. */
function addressIn(body: Body, name: string): string | null {
  const text = stringIn(body, name)
  return text !== null && ADDRESS.test(text) ? text : textIn(body, name)
}

const ADDRESS = /^https?:[\w.~:/?#[\]@!$()*+,;=%-]{1,500}$/

function listIn(body: Body, name: string): readonly string[] | null {
  const value = memberOf(body, name)
  if (!Array.isArray(value)) return null
  return value
    .filter((each: unknown) => typeof each === 'string')
    .slice(0, MOST_MEMBERS)
    .map((each) => plainHeader(each.slice(0, MOST_CHARACTERS)))
}
