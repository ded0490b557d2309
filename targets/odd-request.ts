/** Requests that are not as RFC 6749 asks for: parameters repeated, left out or elsewhere, and bodies of other kinds. */
import type { Http } from '../harness/model/plan.ts'
import type { Message } from '../harness/model/target.ts'
import { FORM_TYPE, withQuery } from './form.ts'

/** What an odd request is made from: the parameters as they should be, then the parts of the form. */
export interface Ordinary {
  readonly path: string
  readonly params: readonly (readonly [name: string, value: string])[]
  readonly parts: readonly (readonly [name: string, text: string])[]
  readonly headers: Readonly<Record<string, string>>
}

/** @param heldBytes How much a race keeps back, where the credential under test still ends the body. */
export function oddRequest(
  { path, params, parts, headers: others }: Ordinary,
  http: Http,
  heldBytes: number,
): Message {
  const form = new URLSearchParams()
  const query = new URLSearchParams()
  for (const [name, value] of params) form.append(name, value)
  for (const [name, text] of parts) {
    for (const value of valuesOf(http, name, text)) form.append(name, value)
    if (http.parts?.[name] === 'in-query') query.append(name, text)
  }
  const { method, headers, body } = carry(http, form)
  const ends = http.carrier === undefined && http.escaped !== true && method === 'POST'
  return {
    method,
    path: withQuery(path, (method === 'GET' ? form : query).toString()),
    headers: { ...headers, ...others },
    body: new TextEncoder().encode(body),
    heldBytes: ends ? heldBytes : 0,
  }
}

/** What stands in the form for one part: once as it is, unless the step says otherwise. */
function valuesOf({ parts }: Http, name: string, text: string): readonly string[] {
  switch (parts?.[name]) {
    case undefined:
      return [text]
    case 'twice':
      return [text, text]
    case 'empty':
      return ['']
    case 'omitted':
    case 'in-query':
      return []
  }
}

function carry(
  { carrier, escaped }: Http,
  form: URLSearchParams,
): Pick<Message, 'method' | 'headers'> & { readonly body: string } {
  switch (carrier ?? 'form') {
    case 'form':
      return {
        method: 'POST',
        headers: { 'content-type': FORM_TYPE },
        body: escaped === true ? inOctets(form) : form.toString(),
      }
    case 'form-with-charset':
      return {
        method: 'POST',
        headers: { 'content-type': `${FORM_TYPE};charset=UTF-8` },
        body: form.toString(),
      }
    case 'json':
      return {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(Object.fromEntries(form)),
      }
    case 'query':
      return { method: 'GET', headers: {}, body: '' }
  }
}

/** As form encoding may write any octet of a value (RFC 6749 appendix B). */
function inOctets(form: URLSearchParams): string {
  return [...form]
    .map(([name, value]) => {
      const digits = Buffer.from(value).toString('hex').toUpperCase()
      return `${encodeURIComponent(name)}=${digits.replace(/../g, '%$&')}`
    })
    .join('&')
}
