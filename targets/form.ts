/** Forms as requests carry them (application/x-www-form-urlencoded), at the pace of a load. */

export const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Characters that stand for themselves in a form: those of a compact JWS are among them. */
const PLAIN = /^[\w.*-]*$/

type Pairs = readonly (readonly [name: string, value: string])[]

/** Lists of parameters are few and are used again and again. */
const known = new WeakMap<Pairs, string>()

export function encodedForm(params: Pairs): string {
  const before = known.get(params)
  if (before !== undefined) return before
  const encoded = params.map(([name, value]) => encodedPair(name, value)).join('&')
  known.set(params, encoded)
  return encoded
}

export function encodedPair(name: string, value: string): string {
  return `${encodedText(name)}=${encodedText(value)}`
}

function encodedText(text: string): string {
  return PLAIN.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1)
}

/** @param query Encoded; the path may have one of its own. */
export function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`
}
