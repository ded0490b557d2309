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
  const query = new URLSearchParams()
  const pairs = [...params]
  for (const [name, text] of parts) {
    for (const value of valuesOf(http, name, text)) pairs.push([name, value])
    if (http.parts?.[name] === 'in-query') query.append(name, text)
  }
  const form = new URLSearchParams()
  for (const [name, value] of moved(pairs, http.moved ?? [])) form.append(name, value)
  const { method, headers, body } = carry(http, form)
  const isPlain = http.escaped === undefined && http.moved === undefined
  const ends = http.carrier === undefined && isPlain && method === 'POST'
  return {
    method,
    path: withQuery(path, (method === 'GET' ? form : query).toString()),
    headers: { ...headers, ...others },
    ...(http.host === undefined ? {} : { host: http.host }),
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
        body: formText(form, escaped),
      }
    case 'form-with-charset':
      return {
        method: 'POST',
        headers: { 'content-type': `${FORM_TYPE};charset=UTF-8` },
        body: formText(form, escaped),
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

/** As form encoding may write any octet of a value (RFC 6749 appendix B), in digits of either size (RFC 3986 §2.1). */
function formText(form: URLSearchParams, escaped: Http['escaped']): string {
  switch (escaped) {
    case undefined:
      return form.toString()
    case 'spaces':
      return form.toString().replaceAll('+', '%20')
    case true:
      return inOctets(form, (digits) => digits.toUpperCase())
    case 'small':
      return inOctets(form, (digits) => digits)
  }
}

function inOctets(form: URLSearchParams, sized: (digits: string) => string): string {
  return [...form]
    .map(([name, value]) => {
      const digits = sized(Buffer.from(value).toString('hex'))
      return `${encodeURIComponent(name)}=${digits.replace(/../g, '%$&')}`
    })
    .join('&')
}

function moved<Entry>(entries: readonly Entry[], moves: readonly number[]): readonly Entry[] {
  const order = [...entries]
  for (const move of moves) order.unshift(...order.splice(move % order.length, 1))
  return order
}
