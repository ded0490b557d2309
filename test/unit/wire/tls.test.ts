/** TLS is verified unless the target file says otherwise. */
import { once } from 'node:events'
import { createServer } from 'node:https'
import { describe, expect, test } from 'vitest'
import type { TlsOptions } from '../../../harness/model/target.ts'
import { certificate } from './certificates.ts'
import { causeOf, never, open as openAny, post, replyOf, running, tcpServer } from './servers.ts'

const pem = certificate()

async function httpsServer(options: { requestCert?: boolean; ca?: string } = {}) {
  const server = createServer({ ...pem, ...options }, (request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => response.end(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { ...running(server, 'https', () => server.closeAllConnections()), server }
}

const open = (origin: URL, tls: TlsOptions | null) => openAny(origin, { tls })

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

  test('that wants a certificate of ours and gets none is told apart', async () => {
    await using server = await httpsServer({ requestCert: true, ca: pem.cert })
    const opening = open(server.origin, { verify: true, ca: pem.cert })
    // In TLS 1.3 the refusal comes after the handshake, and may be read as the fate of the first request.
    const refused = await opening.then(
      async (wire) => (await wire.send(post('a'), never)).raw,
      ({ detail }: { detail: string }) => ({ detail }),
    )
    expect(refused).toMatchObject({ detail: expect.stringMatching(/ALERT|ECONNRESET|closed/u) })
  })

  test('that changes its certificate is refused from then on', async () => {
    await using server = await httpsServer()
    const first = await open(server.origin, { verify: true, ca: pem.cert })
    const other = certificate()
    server.server.setSecureContext(other)
    await expect(open(server.origin, { verify: true, ca: pem.cert })).rejects.toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      detail: 'tls:DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(causeOf(await first.send(post('a'), never))).toBe('reply 200')
    await first.close()
  })

  test('is asked for by another name than its address where the file says so', async () => {
    const named = certificate('DNS:as.example')
    let asked = ''
    const naming = createServer(
      {
        ...named,
        SNICallback: (name, done) => {
          asked = name
          done(null)
        },
      },
      (request, response) => request.resume().on('end', () => response.end(request.headers.host)),
    )
    naming.listen(0, '127.0.0.1')
    await once(naming, 'listening')
    await using server = running(naming, 'https', () => naming.closeAllConnections())
    const tls = { verify: true, ca: named.cert }
    const wire = await openAny(server.origin, { tls, way: { host: 'as.example' } })
    const { body } = replyOf(await wire.send(post('a'), never))
    expect([asked, Buffer.from(body).toString()]).toEqual(['as.example', 'as.example'])
    await wire.close()
    await expect(open(server.origin, tls)).rejects.toMatchObject({
      detail: 'tls:ERR_TLS_CERT_ALTNAME_INVALID',
    })
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
  await expect(openAny(origin, { limits: { answerMs: 50 } })).rejects.toThrow(
    'no answer within 50 ms',
  )
})
