/** How a step becomes an HTTP request: the same for every target that speaks OAuth over HTTP. */
import type { Step } from '../harness/model/plan.ts'
import type { Message, Target, TargetFacts } from '../harness/model/target.ts'
import { encodedForm, encodedPair, FORM_TYPE, withQuery } from './form.ts'
import { oddRequest } from './odd-request.ts'

/** How many bytes of the credential under test a race keeps back. */
const HELD_BYTES = 16

/** Parts that travel as headers (RFC 6750 §2.1, RFC 9449 §4); every other part is a form parameter. */
const BEARER = 'authorization'
const DPOP = 'dpop'

/** Bodies are read as they come, so none may be compressed (RFC 9110 §12.5.3). */
const ACCEPTED = { accept: 'application/json', 'accept-encoding': 'identity' }

const FORM_HEADERS = { 'content-type': FORM_TYPE, ...ACCEPTED }

/**
 * Steps as requests to the public paths of the target's endpoints.
 *
 * Parameters come first and parts in their order, so that the last part, the credential under test, ends the body and a
 * race can hold its tail back. A credential in a header cannot be held by its tail: `heldBytes` is 0 then.
 *
 * @throws {RangeError} when the step names an endpoint that the target does not have.
 */
export function present(facts: TargetFacts): Target['present'] {
  const plain = pathsOf(facts.endpoints)
  const aliased = pathsOf(facts.mtlsEndpoints ?? facts.endpoints)
  const certified = new Set(
    facts.principals.filter(({ certificate }) => certificate === true).map(({ name }) => name),
  )
  return (step, made) => {
    const path = (certified.has(step.principal) ? aliased : plain).get(step.endpoint)
    if (path === undefined)
      throw new RangeError(`${facts.name} has no endpoint named ${step.endpoint}`)
    switch (step.endpoint) {
      case 'resource':
        return resourceRequest(path, step, made)
      case 'metadata':
        return { method: 'GET', path, headers: ACCEPTED, body: new Uint8Array(), heldBytes: 0 }
      default:
        return formRequest(path, step, made)
    }
  }
}

function pathsOf(endpoints: TargetFacts['endpoints']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(endpoints).map(([name, address]) => {
      const { pathname, search } = new URL(address)
      return [name, pathname + search]
    }),
  )
}

type Texts = Readonly<Record<string, string>>

function formRequest(path: string, step: Step, made: Texts): Message {
  const { http } = step
  if (http !== undefined) {
    const parts = Object.entries(made).filter(([name]) => name !== BEARER && name !== DPOP)
    const held = Math.min(HELD_BYTES, parts.at(-1)?.[1].length ?? 0)
    const headers = { ...ACCEPTED, ...headersOf(step, made) }
    return oddRequest({ path, params: step.params, parts, headers }, http, held)
  }
  let form = encodedForm(step.params)
  let last = ''
  for (const name in made) {
    if (name === BEARER || name === DPOP) continue
    last = made[name] ?? ''
    form += `${form === '' ? '' : '&'}${encodedPair(name, last)}`
  }
  return {
    method: 'POST',
    path,
    headers:
      BEARER in made || DPOP in made ? { ...FORM_HEADERS, ...headersOf(step, made) } : FORM_HEADERS,
    // A form is ASCII.
    body: Buffer.from(form, 'latin1'),
    heldBytes: Math.min(HELD_BYTES, last.length),
  }
}

function resourceRequest(path: string, step: Step, made: Texts): Message {
  const inQuery = step.http?.parts?.[BEARER] === 'in-query'
  // RFC 6750 §2.3.
  const token = inQuery ? encodedPair('access_token', made[BEARER] ?? '') : ''
  const query = [encodedForm(step.params), token].filter((each) => each !== '').join('&')
  return {
    method: 'GET',
    path: withQuery(path, query),
    headers: { ...ACCEPTED, ...headersOf(step, inQuery ? { ...made, [BEARER]: '' } : made) },
    body: new Uint8Array(),
    heldBytes: 0,
  }
}

/** A proof binds a token by another scheme (RFC 9449 §7.1). */
function headersOf({ http, endpoint }: Step, made: Texts): Readonly<Record<string, string>> {
  const { [BEARER]: token = '', [DPOP]: proof = '' } = made
  const scheme = proof !== '' && endpoint === 'resource' ? 'DPoP' : 'Bearer'
  const authorization = http?.authorization ?? (token === '' ? '' : `${scheme} ${token}`)
  return {
    ...(authorization === '' ? {} : { authorization }),
    ...(proof === '' ? {} : { dpop: proof }),
  }
}
