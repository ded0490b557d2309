/**
 * A simulated day: 86,400 s at 50 requests a second, one in ten of them a replay, clocks that are wrong in their own ways
 * and read each second, and one partition an hour; generated and judged in one process, with nothing kept of either.
 *
 * node bench/simulated-day.ts [--hours N] [--unjudged]
 */
import { parseArgs } from 'node:util'
import { machineClock } from '../harness/clock.ts'
import type { Judging } from '../harness/model/judging.ts'
import type { Scenario, Stream } from '../harness/model/scenario.ts'
import type { TargetFacts } from '../harness/model/target.ts'
import { openJudge } from '../harness/oracle/judge.ts'
import { judgingOf } from '../harness/plan/judging.ts'
import { seeded } from '../harness/random.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { historyOf } from '../targets/simulated/history.ts'
import { LINKS, simulated } from '../targets/simulated/target.ts'
import type { PlannedFault, World } from '../targets/simulated/world.ts'

const HOUR = 3_600
const PROFILE = 'rfc7523bis'

export interface Day {
  readonly world: World
  readonly facts: TargetFacts
  readonly judging: Judging
}

export function simulatedDay(hours: number): Day {
  const { facts } = simulated(seeded('day').stream('target'))
  const scenario = situation(hours * HOUR)
  const world: World = {
    seed: 'day',
    scenario: scenario.name,
    system: { kind: 'shipped' },
    traffic: scenario.streams.map((stream) => ({ kind: 'stream', stream })),
    faults: scenario.faults.map((window): PlannedFault => ({
      ...window,
      seen: { confirmed: true, mended: true },
    })),
    clocks: {
      'node-1': { offsetUs: 1_500_000, driftPpm: 20, turnsUs: null, step: null },
      'node-2': { offsetUs: -2_000_000, driftPpm: -35, turnsUs: null, step: null },
      'node-3': {
        offsetUs: 40_000,
        driftPpm: 0,
        turnsUs: null,
        step: { atUs: 40_000e6, toUs: -300_000 },
      },
      store: { offsetUs: 250_000, driftPpm: 5, turnsUs: null, step: null },
    },
    readings: { everySeconds: 1, slackUs: 2_000, unread: [] },
    path: {
      links: LINKS,
      patienceSeconds: 10,
      repeats: false,
      cachesSeconds: 0,
      via: false,
    },
    most: null,
  }
  const judging = judgingOf({
    profiles: PROFILES,
    asked: [PROFILE],
    strict: false,
    facts,
    clocks: [...facts.nodes, 'store'],
    blocks: [],
    checks: [],
    scenarios: [{ scenario, unsupported: null }],
  })
  return { world, facts, judging }
}

/** What is sent: 40 fresh assertions a second, and 5 that come again later, to where it hurts. */
function situation(endSeconds: number): Scenario {
  const stream = (name: string, perSecond: number, more: Partial<Stream>): Stream => ({
    name,
    attack: null,
    usage: 'client-authentication',
    by: 'honest',
    arrivals: { kind: 'even', perSecond, startSeconds: 0, endSeconds },
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
    ...more,
  })
  const again = (name: string, perSecond: number, gapSeconds: number, more: Partial<Stream> = {}) =>
    stream(name, perSecond, { attack: 'replay', by: 'hostile', copies: 2, gapSeconds, ...more })
  const faults = Array.from({ length: Math.ceil(endSeconds / HOUR) }, (_, hour) => ({
    fault: 'link.cut',
    on: `node-${1 + (hour % 3)}>store`,
    startSeconds: hour * HOUR + 600,
    endSeconds: hour * HOUR + 630,
  }))
  return {
    name: 'day',
    question: 'What does a day look like?',
    means: { conforms: 'It was a good day.', violates: 'It was not.' },
    needs: [],
    nodes: 3,
    streams: [
      stream('honest', 36, {}),
      stream('grants', 4, { usage: 'authorization-grant' }),
      again('at-once', 1, 0),
      again('elsewhere', 2, 20, { nodes: 'first-then-others' }),
      again('near-the-end', 1, 58, { nodes: 'first-then-others' }),
      again('after-the-end', 1, 66, { nodes: 'first-then-others' }),
    ],
    faults,
    guards: [],
    gates: [],
    maxUndecided: 0.01,
  }
}

export interface Measured {
  readonly seconds: number
  readonly observed: number
  readonly perSecond: number
  readonly peakMiB: number
  /** What obliges the target, which is right; null where nothing was judged. */
  readonly convicted: number | null
  readonly verdict: string | null
}

/** Makes a day and, where asked, judges it. */
export function measuredDay({ hours, judged }: { hours: number; judged: boolean }): Measured {
  const day = simulatedDay(hours)
  const clock = machineClock()
  const judge = openJudge(day.judging, PROFILE)
  const begunUs = clock.nowUs()
  let observed = 0
  for (const event of historyOf(day.world, day)) {
    if (event.kind === 'observed') observed += 1
    if (judged) judge.see(event)
  }
  const judgement = judged ? judge.conclude() : null
  const seconds = (clock.nowUs() - begunUs) / 1e6
  return {
    seconds,
    observed,
    perSecond: Math.round(observed / seconds),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    convicted: judgement?.convictions.filter(({ obliges }) => obliges).length ?? null,
    verdict: judgement?.scenarios[0]?.verdict ?? null,
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      hours: { type: 'string', default: '24' },
      unjudged: { type: 'boolean', default: false },
    },
  })
  const measured = measuredDay({ hours: Number(values.hours), judged: !values.unjudged })
  process.stdout.write(`${JSON.stringify(measured)}\n`)
}
