/** k6, signing each request with its Web Crypto as its users must. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Contender } from '../contender.ts'
import { inFolder, isInstalled, PEERS, started } from './program.ts'

const BINARIES = ['k6', resolve(PEERS, 'bin/k6')]

/** Its own language is JavaScript; what it imports is its own. */
const SCRIPT = `
import http from 'k6/http'
import encoding from 'k6/encoding'

export const options = { vus: 50, duration: __ENV.SECONDS + 's', discardResponseBodies: true }

const url64 = (bytes) => encoding.b64encode(bytes, 'rawurl')
// Its Uint8Array.from takes no iterable.
const octets = (text) => {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}
const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
let key = null

export default async function () {
  key ??= (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])).privateKey
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: 'honest', sub: 'honest', aud: __ENV.URL, iat: now, exp: now + 60, jti: __VU + '-' + __ITER }
  const input = url64('{"alg":"ES256","kid":"honest-key"}') + '.' + url64(JSON.stringify(claims))
  const signature = await crypto.subtle.sign(algorithm, key, octets(input))
  http.post(__ENV.URL, {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: input + '.' + url64(signature),
  })
}
`

async function binary(): Promise<string | null> {
  for (const each of BINARIES) if (await isInstalled(each, 'version')) return each
  return null
}

export const k6: Contender = {
  name: 'k6, signing',
  missing: async () =>
    (await binary()) === null ? 'it is not installed (docs/performance.md)' : null,
  run: ({ server: { port }, seconds, over }) =>
    inFolder(async (folder) => {
      const script = join(folder, 'load.js')
      writeFileSync(script, SCRIPT)
      const env = [
        '-e',
        `SECONDS=${Math.ceil(seconds)}`,
        '-e',
        `URL=http://127.0.0.1:${port}/token`,
      ]
      await started(
        (await binary()) ?? 'k6',
        ['run', '--quiet', '--no-usage-report', ...env, script],
        { over },
      )
    }),
}
