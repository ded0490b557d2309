/** Cupel itself as a contender: a whole run, planned, minted, sent, recorded on disk and judged. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../api/run.ts'
import type { Pace } from '../harness/drive/options.ts'
import type { TokenEndpointFile } from '../harness/model/target-file.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { Target } from '../harness/model/target.ts'
import { seeded } from '../harness/random.ts'
import { targetOfFile } from '../targets/of-file.ts'

/** The server that says yes to everybody, as a target. */
export function benchTarget(port: number): Promise<Target> {
  const issuer = `http://127.0.0.1:${port}`
  const file: TokenEndpointFile = {
    kind: 'token-endpoint',
    name: 'bench',
    issuer,
    endpoints: { token: `${issuer}/token` },
    clients: [{ id: 'honest', for: ['honest', 'hostile'], key: { generate: 'ES256' } }],
    grants: [],
    tokens: [],
    declares: {
      replay: 'single-use',
      leewaySeconds: null,
      maxLifetimeSeconds: null,
      path: 'direct',
      survives: [],
    },
    audiences: { values: [issuer], complete: true },
    clock: { source: 'this-machine' },
  }
  return targetOfFile(file, 'bench.yaml', seeded('bench'))
}

export interface OwnRun {
  readonly port: number
  readonly perSecond: number
  readonly seconds: number
  readonly pace: Pace
  /** Threads that send; none when absent. */
  readonly senders?: number
}

export interface Ran {
  readonly record: RunRecord
  /** The history that was written, compressed. */
  readonly history: string
}

/** Honest assertions only, evenly, each sent once; what is made of the run is handed to `look`, and then deleted. */
export async function ownRun<T>(
  { port, perSecond, seconds, pace, senders = 0 }: OwnRun,
  look: (ran: Ran) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-bench-'))
  const scenario = join(folder, 'load.yaml')
  writeFileSync(scenario, scenarioText(perSecond, seconds))
  try {
    const outcome = await run({
      target: await benchTarget(port),
      suites: [],
      scenarios: [scenario],
      profiles: ['rfc7523'],
      strict: false,
      seed: '1',
      out: folder,
      signal: new AbortController().signal,
      maxPerSecond: null,
      reports: [],
      pace,
      senders,
      watch() {},
      note() {},
    })
    const history = join(outcome.folder, 'history.ndjson.gz')
    return await look({ record: outcome.record, history })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function scenarioText(perSecond: number, seconds: number): string {
  return JSON.stringify({
    name: 'load',
    question: 'How fast is the harness?',
    means: { conforms: 'fast', violates: 'wrong' },
    streams: [
      {
        name: 'honest',
        attack: null,
        usage: 'client-authentication',
        by: 'honest',
        arrivals: { kind: 'even', perSecond, startSeconds: 0, endSeconds: seconds },
        lifetimeSeconds: 120,
      },
    ],
    guards: [{ name: 'judged', counts: 'owed-accepts', stream: 'honest', needed: 100 }],
  })
}
