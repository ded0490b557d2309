/** TLS is verified unless the target file says otherwise. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TlsOptions } from '../../../harness/model/target.ts'
import { openHttp1 } from '../../../harness/wire/http1.ts'
import { causeOf, clock, LIMITS, never, post, running, tcpServer, type Running } from './servers.ts'

let folder = ''
let pem = { cert: '', key: '' }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-tls-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
  ]
  const names = ['-subj', '/CN=cupel', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', [...made, ...names, '-days', '2', '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  pem = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
})
afterAll(() => rmSync(folder, { recursive: true }))

async function httpsServer(options: { requestCert?: boolean; ca?: string } = {}): Promise<Running> {
  const server = createServer({ ...pem, ...options }, (request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => response.end(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return running(server, 'https', () => server.closeAllConnections())
}

const open = (origin: URL, tls: TlsOptions | null) =>
  openHttp1(origin, tls, { clock, limits: LIMITS, connection: 0 })

describe('an https target', () => {
  test.each([
    ['without options', null],
    ['with verification asked for', { verify: true }],
  ])(
    'whose certificate nobody vouches for is refused %s, and the message says why',
    async (_name, tls) => {
      await using server = await httpsServer()
      await expect(open(server.origin, tls)).rejects.toMatchObject({
        code: 'ERR_TARGET_UNREACHABLE',
        message: `TLS with ${server.origin.host} failed: DEPTH_ZERO_SELF_SIGNED_CERT`,
        hint: expect.stringContaining('`ca`'),
      })
    },
  )

  test('is accepted with the certificate of its authority, and holds a tail like any other', async () => {
    await using server = await httpsServer()
    const wire = await open(server.origin, { verify: true, ca: pem.cert })
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    const held = await wire.hold(post('assertion=head.tail', 4), never)
    const exchange = await held.release()
    expect(causeOf(exchange)).toBe('reply 200')
    expect('body' in exchange.raw && Buffer.from(exchange.raw.body).toString()).toBe(
      'assertion=head.tail',
    )
    expect(wire.usable()).toBe(true)
    await wire.close()
  })

  test('is refused when the certificate is for another address, even with its authority', async () => {
    await using server = await httpsServer()
    const elsewhere = new URL(`https://localhost:${server.origin.port}`)
    await expect(open(elsewhere, { verify: true, ca: pem.cert })).rejects.toMatchObject({
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
      hint: expect.stringContaining('another name'),
    })
  })

  test('is accepted unseen where the target file turns verification off', async () => {
    await using server = await httpsServer()
    const wire = await open(server.origin, { verify: false })
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    await wire.close()
  })

  test('is shown the client certificate', async () => {
    await using server = await httpsServer({ requestCert: true, ca: pem.cert })
    const shown = new Promise((resolve) =>
      server.server.once('secureConnection', (socket) =>
        resolve(socket.getPeerCertificate().subject?.CN),
      ),
    )
    const wire = await open(server.origin, { verify: true, ca: pem.cert, ...pem })
    expect(await shown).toBe('cupel')
    await wire.close()
  })

  test('that speaks no TLS is told apart from one that is not there', async () => {
    await using server = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const origin = new URL(`https://${server.origin.host}`)
    await expect(open(origin, null)).rejects.toMatchObject({
      message: expect.stringContaining(`TLS with ${origin.host} failed`),
      hint: expect.stringContaining('does not speak TLS'),
    })
  })
})

test('nobody answering within the limit is an error, not a wait', async () => {
  await using server = await tcpServer(() => {})
  const origin = new URL(`https://${server.origin.host}`)
  const limits = { ...LIMITS, answerMs: 50 }
  await expect(openHttp1(origin, null, { clock, limits, connection: 0 })).rejects.toThrow(
    'no answer within 50 ms',
  )
})
