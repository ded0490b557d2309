import { createHmac, createPublicKey } from 'node:crypto'
import { compactVerify, decodeProtectedHeader, EmbeddedJWK, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import { minted } from './some-assertions.ts'
import { ES256, textOf } from './some-keys.ts'

const HS256 = { alg: 'HS256', kid: 'client-1-key' }
const FORMS = [
  'pem',
  'pem-without-newline',
  'pem-on-one-line',
  'der',
  'jwk-text',
  'registered-jwk-text',
  'first-member',
]

describe('a public key taken for a secret', () => {
  test.each(FORMS)('%s: what comes of it is never the issuer’s', (form) => {
    const { truth } = minted({ kind: 'public-key-as-secret', form }, HS256)
    expect(truth).toMatchObject({ authentic: false, algorithm: 'HS256', issuer: 'client-1' })
  })

  test('has seven forms that are seven secrets', () => {
    const macs = FORMS.map((form) => {
      const { text } = minted({ kind: 'public-key-as-secret', form }, HS256)
      return text.slice(text.lastIndexOf('.'))
    })
    expect(new Set(macs).size).toBe(FORMS.length)
  })

  test('worked by hand: the PEM that others export is the secret', () => {
    const { text } = minted({ kind: 'public-key-as-secret', form: 'pem' }, HS256)
    const key = createPublicKey({
      key: { kty: 'EC', crv: 'P-256', x: textOf(ES256, 'x'), y: textOf(ES256, 'y') },
      format: 'jwk',
    })
    const pem = key.export({ type: 'spki', format: 'pem' })
    const end = text.lastIndexOf('.')
    const mac = createHmac('sha256', pem).update(text.slice(0, end)).digest('base64url')
    expect(text.slice(end + 1)).toBe(mac)
  })
})

test('a guessed secret may be empty', () => {
  const { text, truth } = minted({ kind: 'guessed-secret', secret: '' }, HS256)
  const end = text.lastIndexOf('.')
  const mac = createHmac('sha256', '').update(text.slice(0, end)).digest('base64url')
  expect(text.slice(end + 1)).toBe(mac)
  expect(truth.authentic).toBe(false)
})

describe('an attacker’s key', () => {
  test('verifies where the key in the header is believed, and nowhere else', async () => {
    const { text, truth } = minted({ kind: 'attacker-key', embed: 'jwk' })
    expect(truth.authentic).toBe(false)
    await expect(compactVerify(text, EmbeddedJWK)).resolves.toBeDefined()
    const registered = await importJWK(publicJwk(ES256), 'ES256')
    await expect(compactVerify(text, registered)).rejects.toThrow()
  })

  test('is offered without its private part, and only where it is asked for', () => {
    const { jwk } = decodeProtectedHeader(minted({ kind: 'attacker-key', embed: 'jwk' }).text)
    expect(Object.keys(jwk ?? {})).not.toContain('d')
    expect(decodeProtectedHeader(minted({ kind: 'attacker-key' }).text).jwk).toBeUndefined()
  })
})
