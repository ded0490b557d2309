/** What goes wrong on the driver's own side: nothing is miscounted, and what is broken is mended all the same. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { openSpool } from '../../../harness/history/spool.ts'
import type { Fault } from '../../../harness/model/fault.ts'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { Judge } from '../../../harness/model/verdict.ts'
import { machineClock } from '../../../harness/clock.ts'
import { run } from '../../../harness/run.ts'
import { tagger } from '../../../harness/drive/tag.ts'
import { httpServer, tcpServer } from '../wire/servers.ts'
import { came, observations, step, world } from './world.ts'

const FULL = '/dev/full'

test('when no more files can be opened, each step is told: answered, or unsent with the reason', async () => {
  const clock = machineClock()
  await using server = await httpServer((request, response) => {
    request.resume().on('end', () => {
      void clock.sleepUntil(clock.nowUs() + 400_000).then(() => response.end('{}'))
    })
  })
  const fixture = join(import.meta.dirname, 'no-files-fixture.ts')
  const limited = ['-c', 'ulimit -n 90 && exec "$0" "$@"', process.execPath]
  const { stdout } = await promisify(execFile)('bash', [...limited, fixture, server.origin.port])
  const seen: readonly string[] = JSON.parse(stdout)
  expect(seen).toHaveLength(120)
  expect([...new Set(seen)].toSorted()).toEqual(['200', 'unsent EMFILE'])
})

const head = (length: number): string => `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`
const whole = (name: string): string => {
  const body = `{"token":"${name}"}`
  return head(body.length) + body
}

/** What a server may do with a request, and what is told of it. */
const ACTS: readonly (readonly [told: string, act: (socket: Socket, name: string) => unknown])[] = [
  ['200', (socket, name) => socket.write(whole(name))],
  ['200', (socket, name) => socket.write(whole(name) + whole('another'))],
  ['reset', (socket) => socket.write(`${head(99)}{"tok`, () => socket.resetAndDestroy())],
  ['reset', (socket) => socket.end()],
  ['timeout', () => {}],
  ['too-large', (socket) => socket.write(head(20_000) + 'x'.repeat(20_000))],
  ['200', (socket, name) => trickle(socket, whole(name))],
  ['200', (socket, name) => socket.end(whole(name))],
]

/** Each byte once the one before has left. */
function trickle(socket: Socket, text: string): void {
  if (text !== '') socket.write(text.slice(0, 1), () => trickle(socket, text.slice(1)))
}

test('whatever a server does with requests, each step is told once, and no answer is another’s', async () => {
  const done = new Map<string, string>()
  await using server = await tcpServer((socket) => {
    socket.setNoDelay(true)
    socket.on('data', (data: Buffer) => {
      const [, name = ''] = /"step":"([^"]+)"/.exec(data.toString()) ?? []
      const [told, act] = ACTS[done.size % ACTS.length] ?? raise()
      done.set(name, told)
      act(socket, name)
    })
  })
  const { driver, drive } = world({
    clock: machineClock(),
    connect: (wires) => () => wires.http(server.origin, null),
  })
  const steps = Array.from({ length: 80 }, (_, at) => step(`s${at}`, at * 5_000))
  const seen = observations(await drive(steps))
  await driver.close()
  expect(seen.map(({ step: name }) => name).toSorted()).toEqual(
    steps.map(({ name }) => name).toSorted(),
  )
  const tag = tagger(Buffer.from('secret'))
  for (const each of seen) {
    const { step: name, answer, begunUs, reused } = each
    expect(begunUs === null).toBe(!done.has(name))
    if (begunUs === null) continue
    // What meets the end of a connection that was used before is stale, whether or not the server still read it.
    const stale = reused ? ['stale-connection'] : []
    // The server is in this process, which may stand still for longer than the second that it has.
    expect([done.get(name), 'timeout', ...stale]).toContain(came(each))
    if (answer.kind === 'reply') expect(answer.token).toBe(tag(name))
  }
  expect(new Set(seen.map(came))).toContain('200')
}, 60_000)

function raise(): never {
  throw new Error('no such act')
}

describe.skipIf(!existsSync(FULL))('when the disk is full', () => {
  test('nothing more is sent, the fault in force is mended, and the error names the history', async () => {
    const log: string[] = []
    const fault: Fault = {
      name: 'link.cut',
      title: '',
      needs: [],
      forgets: 'nothing',
      async inflict() {
        log.push('inflict')
        return {
          rung: 'paper',
          confirm: async () => 'cut',
          mend: async () => void log.push('mend'),
          confirmMended: async () => 'mended',
        }
      },
    }
    const { driver, asked } = world({ faults: [fault] })
    const spool = openSpool(FULL, 'w')
    const steps = Array.from({ length: 20_000 }, (_, at) => step(`s${at}`, at * 100_000))
    const judge: Judge = {
      see() {},
      watched: () => null,
      soFar: () => null,
      conclude: () => Promise.reject() as never,
    }
    const running = run({
      experiments: [
        {
          name: 'partition',
          question: '',
          start: () => ({
            ask: steps,
            faults: [{ fault: 'link.cut', on: 'a>b', startSeconds: 1, endSeconds: 1_900 }],
            state: null,
          }),
          next: () => ({ conclude: null }),
        },
      ],
      judges: [judge],
      drive: (round) => driver.drive(round),
      async write(events: readonly HistoryEvent[]) {
        for (const event of events) spool.put(JSON.stringify(event))
        if (events.some(({ kind }) => kind === 'fault')) await spool.flush()
        spool.check()
      },
      digest: () => '',
      signal: new AbortController().signal,
    })
    await expect(running).rejects.toMatchObject({
      code: 'ERR_HISTORY_UNWRITABLE',
      message: expect.stringContaining('ENOSPC'),
    })
    expect(log).toEqual(['inflict', 'mend'])
    // Time is simulated, the disk is real: what the disk says comes some simulated minutes late.
    expect(asked.length).toBeLessThan(20_000)
  })
})
