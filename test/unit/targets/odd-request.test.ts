/** A form in another order and in other characters is the same form. */
import { expect, test } from 'vitest'
import type { Http } from '../../../harness/model/plan.ts'
import { oddRequest } from '../../../targets/odd-request.ts'

const ORDINARY = {
  path: '/token',
  params: [
    ['grant_type', 'client_credentials'],
    ['scope', 'a bé'],
  ],
  parts: [['client_assertion', 'x.y.z']],
  headers: {},
} as const

function bodyOf(http: Http): string {
  return new TextDecoder().decode(oddRequest(ORDINARY, http, 0).body)
}

const PLAIN = 'grant_type=client_credentials&scope=a+b%C3%A9&client_assertion=x.y.z'

test.each<readonly [Http, string]>([
  [{}, PLAIN],
  [{ escaped: 'spaces' }, PLAIN.replace('+', '%20')],
  [
    { escaped: 'small' },
    'grant_type=%63%6c%69%65%6e%74%5f%63%72%65%64%65%6e%74%69%61%6c%73&scope=%61%20%62%c3%a9&client_assertion=%78%2e%79%2e%7a',
  ],
  [
    { escaped: true, carrier: 'form-with-charset' },
    'grant_type=%63%6C%69%65%6E%74%5F%63%72%65%64%65%6E%74%69%61%6C%73&scope=%61%20%62%C3%A9&client_assertion=%78%2E%79%2E%7A',
  ],
  // The last to the front, and then what stands second; places are counted around.
  [{ moved: [2, 4] }, 'grant_type=client_credentials&client_assertion=x.y.z&scope=a+b%C3%A9'],
])('%o is written as it must be, and reads the same', (http, body) => {
  expect(bodyOf(http)).toBe(body)
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual(
    Object.fromEntries(new URLSearchParams(PLAIN)),
  )
})

test('only a form that ends in the credential as it is can keep its end back', () => {
  const heldBy = (http: Http): number => oddRequest(ORDINARY, http, 3).heldBytes
  expect(heldBy({})).toBe(3)
  for (const http of [{ moved: [1] }, { escaped: 'small' }, { escaped: 'spaces' }] as const) {
    expect(heldBy(http)).toBe(0)
  }
})
