/** The controls of a target file: real programs, real commands, and a Toxiproxy that is played by a small server. */
import { mkdtempSync, readFileSync, existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Lever } from '../../../harness/model/fault.ts'
import type { ControlsFile } from '../../../harness/model/target-file.ts'
import { openControls } from '../../../targets/controls.ts'
import { freePorts } from '../../../targets/ports.ts'
import { startPrograms, type Running } from '../../../targets/process.ts'
import { listenOnLoopback } from '../../../targets/levers/listen.ts'
import { clock as wallClock, testSite } from './system.ts'

const NOBODY: Running = { one: () => null, stop: async () => undefined }
const NO_CONTAINERS = { one: () => null }

async function leverOver(
  of: 'link' | 'node' | 'store',
  file: ControlsFile,
  { folder = tmpdir(), running = NOBODY }: { folder?: string; running?: Running } = {},
): Promise<Lever> {
  const opened = openControls(testSite(), file, {
    folder,
    running,
    lacksFaketime: false,
    containers: NO_CONTAINERS,
  })
  onTestFinished(() => opened.close())
  const lever = opened.over({ nodes: [], clockOf: async () => null }).controls[of]
  if (lever === undefined) throw new RangeError(`no lever over ${of}`)
  return lever
}

/** A shell command that writes down that it ran, and says whether a file is there. */
function commands(folder: string): ControlsFile {
  const broken = join(folder, 'broken')
  const sh = (script: string): readonly string[] => ['sh', '-c', script]
  return {
    exec: [
      {
        fault: 'link.cut',
        on: 'node-2>store',
        inflict: sh(`touch ${broken}`),
        confirm: sh(`test -e ${broken} && echo seen`),
        mend: sh(`rm -f ${broken}`),
        confirmMended: sh(`test ! -e ${broken}`),
        withinSeconds: 5,
      },
      {
        fault: 'link.cut',
        on: 'node-3>store',
        inflict: sh('echo no such rule >&2; exit 3'),
        confirm: sh('exit 0'),
        mend: sh(`touch ${folder}/mended`),
        confirmMended: sh('exit 0'),
      },
      {
        fault: 'link.cut',
        on: 'node-1>store',
        inflict: sh(`(sleep 1; touch ${folder}/went-on) & wait`),
        confirm: sh('exit 0'),
        mend: sh('exit 0'),
        confirmMended: sh('exit 0'),
        withinSeconds: 0.4,
      },
    ],
  }
}

describe('commands of the user', () => {
  test('break and mend, and are believed when others have seen it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-exec-'))
    const lever = await leverOver('link', commands(folder), { folder })
    expect(lever.rung('cut', 'node-2>store')).toBe('exec')
    expect(lever.rung('cut', 'node-9>store')).toBeNull()
    expect(lever.rung('slow', 'node-2>store')).toBeNull()
    const cut = await lever.inflict('cut', 'node-2>store', {})
    expect(await cut.confirm()).toBe('seen')
    expect(await cut.confirmMended()).toBeNull()
    await cut.mend()
    expect([await cut.confirm(), await cut.confirmMended()]).toEqual([null, ''])
  })

  test('that fail are no fault in force, say what they printed, and are mended all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-exec-'))
    const lever = await leverOver('link', commands(folder), { folder })
    const cut = await lever.inflict('cut', 'node-3>store', {})
    await expect(cut.confirm()).rejects.toThrow('ended with 3: no such rule')
    await cut.mend()
    expect(existsSync(join(folder, 'mended'))).toBe(true)
  })

  test('that hang are killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-exec-'))
    const lever = await leverOver('link', commands(folder))
    const cut = await lever.inflict('cut', 'node-1>store', {})
    await expect(cut.confirm()).rejects.toThrow('did not end within 0.4 s')
    // With all that they started.
    await wallClock.sleepUntil(wallClock.nowUs() + 2e6)
    expect(existsSync(join(folder, 'went-on'))).toBe(false)
  })
})

describe('processes of the file', () => {
  test('are killed and started anew, and paused, as nodes', async () => {
    const port = (await freePorts(['server'])).get('server') ?? 0
    const running = await startPrograms(testSite(), [
      {
        name: 'server',
        port,
        folder: import.meta.dirname,
        file: {
          command: ['node', 'server-fixture.mjs', String(port)],
          ready: { http: '/' },
        },
      },
    ])
    onTestFinished(() => running.stop())
    const lever = await leverOver('node', { nodes: { 'node-1': 'server' } }, { running })
    expect([lever.rung('kill', 'node-1'), lever.rung('kill', 'node-2')]).toEqual(['process', null])
    for (const act of ['kill', 'pause', 'kill']) {
      const done = await lever.inflict(act, 'node-1', {})
      expect(await done.confirm(), act).not.toBeNull()
      expect(await done.confirmMended(), act).toBeNull()
      await done.mend()
      expect(await done.confirmMended(), act).not.toBeNull()
    }
  })
})

/** As much of Toxiproxy's API as is asked for: one proxy named redis-2. */
async function toxiproxy(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = []
  const state = { enabled: true, toxics: new Map<string, object>() }
  const server: Server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${text}`)
      const path = request.url ?? ''
      if (!path.startsWith('/proxies/redis-2')) return void response.writeHead(404).end('{}')
      const body: { enabled?: boolean; name?: string } = text === '' ? {} : JSON.parse(text)
      if (request.method === 'DELETE') state.toxics.delete(path.split('/').at(-1) ?? '')
      else if (path.endsWith('/toxics')) state.toxics.set(body.name ?? '', body)
      else if (body.enabled !== undefined) state.enabled = body.enabled
      const toxics = [...state.toxics.values()]
      return void response.end(JSON.stringify({ enabled: state.enabled, toxics }))
    })
  })
  const port = await listenOnLoopback(server)
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${port}`, asked }
}

describe('a Toxiproxy', () => {
  test.each([
    ['cut', {}, 'POST /proxies/redis-2 {"enabled":false}'],
    ['slow', { seconds: 0.2 }, '"type":"latency","stream":"upstream","attributes":{"latency":200}'],
    ['one-way', {}, '"type":"timeout","stream":"downstream"'],
    ['black-hole', {}, '"type":"timeout","stream":"upstream"'],
  ])('makes an edge %s, and whole again', async (act, options, sent) => {
    const { url, asked } = await toxiproxy()
    const lever = await leverOver('link', {
      toxiproxy: { url, edges: { 'node-2>store': 'redis-2', 'node-3>store': 'redis-3' } },
    })
    expect(lever.rung(act, 'node-2>store')).toBe('toxiproxy')
    const done = await lever.inflict(act, 'node-2>store', options)
    expect(asked.join('\n')).toContain(sent)
    expect(await done.confirm()).not.toBeNull()
    expect(await done.confirmMended()).toBeNull()
    await done.mend()
    expect([await done.confirm(), await done.confirmMended()]).toEqual([null, { enabled: true }])
    const unknown = await lever.inflict(act, 'node-3>store', options)
    await expect(unknown.confirm()).rejects.toThrow('404')
  })

  test('comes before commands, which do what it cannot', async () => {
    const { url } = await toxiproxy()
    const lever = await leverOver('link', {
      ...commands(tmpdir()),
      toxiproxy: { url, edges: { 'node-2>store': 'redis-2' } },
    })
    expect([lever.rung('cut', 'node-2>store'), lever.rung('cut', 'node-3>store')]).toEqual([
      'toxiproxy',
      'exec',
    ])
  })
})

describe('libfaketime', () => {
  const file = { faketime: { 'node-1': join(tmpdir(), 'cupel-faketime-test') } }

  test('that is not installed is no clock, and says how to come by it', () => {
    const { over } = openControls(testSite(), file, {
      folder: tmpdir(),
      running: NOBODY,
      containers: NO_CONTAINERS,
      lacksFaketime: true,
    })
    const { controls, lacking } = over({ nodes: [], clockOf: async () => null })
    expect([controls.clock, lacking?.['clock']]).toEqual([
      undefined,
      expect.stringContaining('apt install'),
    ])
  })

  test('is told the offset in its file, and measured by the clock of the node', async () => {
    const { over } = openControls(testSite(), file, {
      folder: tmpdir(),
      running: NOBODY,
      containers: NO_CONTAINERS,
      lacksFaketime: false,
    })
    const before = { source: 'date-header', lowUs: -1e6, highUs: 1e6 }
    const after = { source: 'date-header', lowUs: -91e6, highUs: -89e6 }
    // As with a `Date` that is made once a second: what was written shows later.
    const told = [before, before, after]
    const { clock } = over({ nodes: [], clockOf: async () => told.shift() ?? after }).controls
    await clock?.setOffset('node-1', -90e6)
    expect(readFileSync(file.faketime['node-1'], 'utf8')).toBe('-0000000090.000000\n')
    expect(told).toEqual([])
    expect(await clock?.measure('node-1')).toEqual({ lowUs: -91e6, highUs: -89e6 })
  })
})

describe('clocks that a command of the user sets', () => {
  const seen = { source: 'date-header', lowUs: 0, highUs: 0 }
  const clockOver = (set: readonly string[], folder: string) =>
    openControls(
      testSite(),
      { clock: { set } },
      { folder, running: NOBODY, containers: NO_CONTAINERS, lacksFaketime: false },
    ).over({ nodes: ['node-1'], clockOf: async () => seen }).controls.clock

  test('are told which, and how far from the time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-clock-'))
    const clock = clockOver(['sh', '-c', 'echo {node} {offsetSeconds} >> told'], folder)
    expect(clock?.rung).toBe('exec')
    await clock?.setOffset('node-1', 500_000)
    await clock?.setDrift('node-1', -1_000_000)
    await clock?.setOffset('node-1', 0)
    const told = readFileSync(join(folder, 'told'), 'utf8').trim().split('\n')
    expect([told[0], told[1], told.at(-1)]).toEqual(['node-1 0.5', 'node-1 0.5', 'node-1 0'])
  })

  test('and are not moved where it fails', async () => {
    const clock = clockOver(['sh', '-c', 'echo no such host {offsetSeconds}; exit 3'], tmpdir())
    await expect(clock?.setOffset('node-1', 0)).rejects.toThrow('ended with 3: no such host')
    await expect(clock?.setDrift('node-1', 5)).rejects.toThrow('ended with 3')
  })
})
