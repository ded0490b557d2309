/** A new target file: what was said reads back as it was said, whatever it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isAddress,
  isDay,
  newTargetText,
  type NewTarget,
} from '../../../harness/formats/new-target.ts'
import { parseTargetFile } from '../../../harness/formats/target.ts'

const NEW: NewTarget = {
  name: 'staging',
  issuer: 'https://as.example',
  endpoint: 'https://as.example/token',
  audiences: ['https://as.example'],
  clients: [{ name: 'honest', id: 'cupel-1', roles: ['honest', 'hostile'], keyFile: 'keys/a.jwk' }],
  scope: null,
  replay: null,
  clock: 'none',
  authorization: null,
  maxRatePerSecond: null,
  schema: '../schema/target.schema.json',
}
const parsed = (change: Partial<NewTarget> = {}) =>
  parseTargetFile(newTargetText({ ...NEW, ...change }), 'target.yaml', {})

describe('a new target file', () => {
  test('is as in its file', async () => {
    const authorization = { by: 'Jo Doe, security', until: '2030-12-31' }
    const text = newTargetText({ ...NEW, authorization, maxRatePerSecond: 10 })
    await expect(text).toMatchFileSnapshot('__outputs__/new-target.yaml')
  })
  test('is read by the loader, and says what was asked for and nothing more', () => {
    expect(parsed()).toMatchObject({
      kind: 'token-endpoint',
      audiences: { values: ['https://as.example'], complete: false },
      declares: { replay: null, path: 'unknown', leewaySeconds: null },
      clock: { source: 'none' },
    })
    expect(parsed()).not.toHaveProperty('authorization')
    expect(parsed({ scope: 'api' })).toHaveProperty('scope', 'api')
    expect(parsed({ replay: 'single-use' })).toMatchObject({ declares: { replay: 'single-use' } })
  })
  test('promises nothing in a comment that would be refused without the mark before it', () => {
    const text = newTargetText(NEW).replaceAll(/^( *)# (?=[\w]+: (?:\S+$|\{))/gmu, '$1')
    expect(parseTargetFile(text, 'target.yaml', {})).toMatchObject({
      endpoints: { introspection: 'https://as.example/introspect' },
      declares: { replay: 'single-use', leewaySeconds: { grant: 10, refuse: 60 } },
      sendClientId: true,
      tls: { ca: './ca.pem' },
      profile: 'rfc7523bis',
    })
  })
  test('reads back whatever is a text, and nothing of it is a variable, a comment or YAML', () => {
    const odd = [
      'yes',
      '# a',
      'a: b',
      '- a',
      "it's",
      '"',
      '\\',
      '${HOME}',
      '*a',
      '&a',
      ' a ',
      '[',
      'é',
      '0x1',
    ]
    const text = fc.oneof(
      fc.constantFrom(...odd),
      fc.string({ minLength: 1, unit: 'grapheme' }).map((each) => each.replaceAll(/[{}]/gu, '')),
    )
    fc.assert(
      fc.property(
        text.filter((each) => each !== ''),
        (given) => {
          const [client] = NEW.clients
          if (client === undefined) throw new RangeError('expected a client')
          // Without braces a placeholder is none; a variable has them, and is written as none.
          const file = parsed({ name: given, scope: given, clients: [{ ...client, id: given }] })
          expect(file).toMatchObject({ name: given, scope: given, clients: [{ id: given }] })
        },
      ),
      { numRuns: 300 },
    )
  })
})

test.each([
  ['https://as.example/token', true],
  ['http://127.0.0.1:8080/t', true],
  ['as.example/token', false],
  ['ftp://as.example', false],
  ['http://127.0.0.1:{server.port}/token', false],
  ['', false],
])('%j is an address: %s', (given, is) => expect(isAddress(given)).toBe(is))

test.each([
  ['2030-12-31', true],
  ['2030-13-31', false],
  ['31.12.2030', false],
  ['2030-12-31T00:00:00Z', false],
])('%j is a day: %s', (given, is) => expect(isDay(given)).toBe(is))
