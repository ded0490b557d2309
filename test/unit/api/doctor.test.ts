/** Goal: what is not ready is told with what to do about it, and nobody is asked who has not allowed it. */
import { createServer } from 'node:https'
import { readdir, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { doctor, readiness } from '../../../api/doctor.ts'
import { unaskedIn } from '../../../api/doctor-asked.ts'
import { clockOf, cores, free, node } from '../../../api/doctor-machine.ts'
import { expiry } from '../../../api/doctor-network.ts'
import { clockLooked, controlLooked, dateLooked } from '../../../api/doctor-words.ts'
import { timeOf } from '../../../harness/clock.ts'
import type { DoctorReport } from '../../../harness/model/doctor.ts'
import { certificate } from '../wire/certificates.ts'
import { folderFor, ownTarget } from './own-target.ts'

const SLOW_MS = 60_000

async function looked(target: string | null, out = 'out'): Promise<DoctorReport> {
  return doctor({
    target,
    profile: null,
    out,
    maxPerSecond: null,
    signal: new AbortController().signal,
    note: () => undefined,
  })
}

function fileFor(origin: string, more = ''): Promise<string> {
  const clients = 'clients: [{ id: a, for: [honest, hostile], key: { generate: ES256 } }]'
  return ownTarget(origin, [clients, 'declares: { replay: single-use }', more])
}

async function listening(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, host, resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('a machine', () => {
  test.each([
    ['22.22.0', 'good'],
    ['24.1.0', 'good'],
    ['22.21.9', 'bad'],
    ['20.19.0', 'bad'],
  ])('with Node.js %s is %s', (version, health) => expect(node(version).health).toBe(health))
  test('with one core, little room or an unkept clock is told of it, and can be used', () => {
    expect(cores(1).health).toBe('note')
    expect(cores(2).health).toBe('good')
    expect(free('out', 80e6)).toMatchObject({
      health: 'note',
      help: expect.stringContaining('--out'),
    })
    expect(free('out', 80e9)).toMatchObject({
      health: 'good',
      text: 'may be written to, 80 GB free',
    })
    expect(clockOf('now', 'no')).toMatchObject({ health: 'note', help: expect.any(String) })
    expect([clockOf('now', 'yes').health, clockOf('now', null).health]).toEqual(['good', 'good'])
  })
  test('whose folder nobody may write to is not ready', { timeout: SLOW_MS }, async () => {
    const { ready, exitCode, machine } = await looked(null, join('package.json', 'out'))
    expect([ready, exitCode]).toEqual(['not ready', 254])
    expect(machine.find(({ health }) => health === 'bad')?.help).toContain('--out')
  })
  test(
    'is looked at without a target, with what installs each program',
    { timeout: SLOW_MS },
    async () => {
      const { target, tools } = await looked(null)
      expect(target).toBeNull()
      expect(tools.map(({ name }) => name)).toEqual([
        'redis-server',
        'Docker',
        'libfaketime',
        'toxiproxy',
      ])
      for (const { missing } of tools) expect(missing ?? 'apt install').toMatch(/install/)
      expect(tools.find(({ name }) => name === 'libfaketime')?.for).toContain('clock-skew')
    },
  )
  test('has no more in it afterwards than before', { timeout: SLOW_MS }, async () => {
    const folder = await folderFor()
    expect((await looked(null, join(folder, 'a', 'b'))).exitCode).toBe(0)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('readiness', () => {
  const of = (...healths: readonly ('good' | 'note' | 'poor' | 'bad')[]) =>
    readiness(healths.map((health) => ({ name: '', health, text: '' })))
  test('is the worst of what was looked at', () => {
    expect(of('good', 'note')).toEqual({ ready: 'ready', exitCode: 0 })
    expect(of('good', 'poor', 'note')).toEqual({ ready: 'in part', exitCode: 2 })
    expect(of('bad', 'poor')).toEqual({ ready: 'not ready', exitCode: 254 })
  })
})

const NOW = timeOf('2026-06-01T00:00:00Z') ?? 0

describe('a certificate', () => {
  test.each([
    ['Jun 30 00:00:00 2026 GMT', 'good', 'holds until 2026-06-30'],
    ['Jun  3 12:00:00 2026 GMT', 'note', 'ends on 2026-06-03, in 2 days'],
    ['May 31 00:00:00 2026 GMT', 'note', 'ended on 2026-05-31'],
    ['whenever', 'note', 'no end that can be read'],
  ])('until %s is %s', (until, health, text) => {
    const told = expiry('certificate', until, NOW)
    expect(told.health).toBe(health)
    expect(told.text).toContain(text)
  })
})

describe('a clock', () => {
  const read = (low: number, high: number) => ({
    source: 'date-header',
    lowUs: low * 1e6,
    highUs: high * 1e6,
  })
  test.each([
    [-0.9, 1.1, 'good', "as this machine's, to within 1.1 s, by date-header"],
    [3.2, 5.2, 'note', '3.2 to 5.2 s ahead of this machine, by date-header'],
    [-92.5, -90.5, 'note', '90.5 to 92.5 s behind this machine, by date-header'],
  ] as const)('from %d to %d s is %s', (low, high, health, text) => {
    expect(clockLooked('node-1', read(low, high))).toMatchObject({ health, text })
  })
  test('that nobody knows is no fault, and where answers have a Date that is told', () => {
    expect(clockLooked('node-1', null)).toMatchObject({ health: 'note' })
    expect(dateLooked(read(-0.9, 1.1)).help).toContain('clock: { source: date-header }')
    expect(dateLooked(read(90, 92)).text).toContain('90.0 to 92.0 s ahead')
  })
})

describe('a control', () => {
  const party = {
    name: 'honest',
    id: 'cupel-1',
    usage: 'client-authentication',
    keys: [{ name: 'k', kid: 'kid-1', algorithm: 'ES256' }],
  } as const
  test('that was accepted is good', () => {
    expect(controlLooked(party, { outcome: 'accepted', said: '200' })).toEqual({
      name: 'honest',
      health: 'good',
      text: 'client-authentication as cupel-1: accepted',
    })
  })
  test.each(['rejected', 'elsewhere', 'challenged', 'failed', 'unanswered', 'unsent'] as const)(
    'that was %s is told with what was said, and what to do',
    (outcome) => {
      const told = controlLooked(party, { outcome, said: '401 invalid_client' })
      expect(told.health).toBe('poor')
      expect(told.text).toMatch(/: 401 invalid_client$/)
      expect(told.help).toMatch(/.{20}/)
    },
  )
  test('that was refused says what is to be registered', () => {
    const { help } = controlLooked(party, { outcome: 'rejected', said: '401' })
    expect(help).toContain('register cupel-1 with the public part of kid-1 for ES256')
  })
})

test('what cannot be asked is told by its reasons, the most frequent first', () => {
  const judged = (name: string, unsupported: string | null) => ({ name, unsupported }) as never
  const check = { unsupported: { 'ca:a': 'x', 'ca:b': 'y', 'ca:c': 'y' }, cases: [{}] } as never
  const scenarios = [judged('a', null), judged('b', 'no lever'), judged('c', 'no lever')]
  expect(unaskedIn({ scenarios, checks: [check] }, null)).toEqual({
    asks: { scenarios: 3, cases: 4 },
    scenarios: [{ because: 'no lever', what: ['b', 'c'] }],
    cases: [
      { because: 'y', cases: 2 },
      { because: 'x', cases: 1 },
    ],
  })
})

describe('a target', { timeout: SLOW_MS }, () => {
  test('on another machine is not so much as connected to without leave', async () => {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((each) => each?.internal === false && each.family === 'IPv4')
    if (address === undefined) return
    let connections = 0
    const server = createTcpServer(() => connections++)
    const port = await listening(server, address.address)
    const { exitCode, target } = await looked(await fileFor(`http://${address.address}:${port}`))
    expect(exitCode).toBe(254)
    expect(target?.looked).toMatchObject([{ name: 'authorisation', health: 'bad' }])
    expect(target?.looked[0]?.text).toContain('authorization: { by: …, until: … }')
    expect(connections).toBe(0)
  })
  test('whose name leads nowhere says so', async () => {
    const { exitCode, target } = await looked(await fileFor('http://nowhere.localhost:1'))
    expect(exitCode).toBe(254)
    expect(target?.looked.at(-1)).toMatchObject({ name: 'address', health: 'bad' })
  })
  test('whose file is wrong is told all of it, with lines', async () => {
    const file = await fileFor('http://127.0.0.1:1', 'nam: x\nmaxRatePerSecond: 0')
    const { exitCode, target } = await looked(file)
    expect(exitCode).toBe(254)
    expect(target?.looked).toMatchObject([{ name: 'target', health: 'bad' }])
    expect(target?.looked[0]?.text).toMatch(/target\.yaml:8:.*\n.*target\.yaml:9:/s)
  })
  test('with a certificate of nobody says what to give, and with it when it ends', async () => {
    const pem = certificate()
    const server = createServer(pem, (_, response) => response.writeHead(401).end('{}'))
    const origin = `https://127.0.0.1:${await listening(server, '127.0.0.1')}`
    const unknown = await looked(await fileFor(origin))
    expect(unknown.exitCode).toBe(254)
    expect(unknown.target?.looked.at(-1)?.help).toContain('`ca` under `tls`')
    const file = await fileFor(origin, 'tls: { ca: ./ca.pem }')
    await writeFile(join(file, '..', 'ca.pem'), pem.cert)
    const known = await looked(file)
    expect(known.target?.looked.map(({ name, health }) => `${name} ${health}`)).toEqual([
      'target good',
      'address good',
      'certificate of node-1 note',
      'a poor',
      'clock of node-1 note',
      'Date of its answers note',
    ])
    expect(known.target?.looked[2]?.text).toMatch(/ends on \d{4}-\d\d-\d\d, in 1 day$/)
    expect(known.exitCode).toBe(2)
  })
  test('that ships is asked for one token as each of its parties', async () => {
    const { exitCode, target } = await looked('simulated:reference')
    expect(exitCode).toBe(0)
    expect(target?.looked.filter(({ text }) => text.endsWith(': accepted'))).toHaveLength(17)
    expect(target?.scenarios).toEqual([
      { because: expect.stringContaining('load'), what: ['burst'] },
    ])
  })
})
