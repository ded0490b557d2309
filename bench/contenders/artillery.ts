/** Artillery, with a processor that signs each request by jose. */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Contender } from '../contender.ts'
import { inFolder, isInstalled, PEERS, started } from './program.ts'

const COMMAND = resolve(PEERS, 'artillery/node_modules/.bin/artillery')

/** Loads jose from where Cupel has it. */
const processor = (jose: string): string => `
let signing = null
async function start() {
  const { SignJWT, generateKeyPair } = await import('${jose}')
  const { privateKey } = await generateKeyPair('ES256')
  let made = 0
  return () => new SignJWT({ jti: String(made++) }).setProtectedHeader({ alg: 'ES256' }).setIssuer('honest')
    .setSubject('honest').setAudience('bench').setIssuedAt().setExpirationTime('60s').sign(privateKey)
}
module.exports = {
  async assertion(request, context, events, next) {
    signing ??= start()
    request.form = { ...request.form, client_assertion: await (await signing)() }
    return next?.()
  },
}
`

export const artillery: Contender = {
  name: 'Artillery, jose processor',
  missing: async () =>
    (await isInstalled(COMMAND, '--version')) ? null : 'it is not installed (docs/performance.md)',
  run: ({ server: { port }, seconds, over }) =>
    inFolder(async (folder) => {
      const jose = pathToFileURL(createRequire(import.meta.url).resolve('jose')).href
      writeFileSync(join(folder, 'processor.js'), processor(jose))
      writeFileSync(join(folder, 'load.json'), JSON.stringify(test(port, seconds)))
      await started(COMMAND, ['run', '--quiet', 'load.json'], { over, cwd: folder })
    }),
}

/** As many users as there are connections elsewhere, each asking again and again. */
function test(port: number, seconds: number) {
  const form = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
  const post = { post: { url: '/token', form, beforeRequest: 'assertion' } }
  return {
    config: {
      target: `http://127.0.0.1:${port}`,
      processor: './processor.js',
      http: { pool: 50 },
      phases: [{ duration: Math.ceil(seconds), arrivalCount: 50, maxVusers: 50 }],
    },
    scenarios: [{ flow: [{ loop: [post], count: 100_000 }] }],
  }
}
