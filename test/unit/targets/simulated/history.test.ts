/** Goal: a simulated history is one that a run could have written, and the same world has the same one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readHistory } from '../../../../harness/history/reader.ts'
import { openHistory } from '../../../../harness/history/writer.ts'
import type { HistoryEvent, Observation } from '../../../../harness/model/history.ts'
import type { Step } from '../../../../harness/model/plan.ts'
import { streamOf as planned } from '../../../../harness/plan/scenarios/stream.ts'
import { openJudge } from '../../../../harness/oracle/judge.ts'
import { seeded } from '../../../../harness/random.ts'
import { PROFILES } from '../../../../suites/profiles/index.ts'
import { historyOf } from '../../../../targets/simulated/history.ts'
import { LINKS, simulated } from '../../../../targets/simulated/target.ts'
import type { ClockCourse, World, WorldStream } from '../../../../targets/simulated/world.ts'
import { judgingFor, PROFILE, scenarioOf, streamOf } from '../../worlds/setting.ts'

const { facts } = simulated(seeded('history'))

const QUIET: World = {
  seed: '1',
  scenario: 's',
  system: { kind: 'shipped' },
  traffic: [],
  faults: [],
  clocks: {},
  readings: { everySeconds: 1, slackUs: 1_000, unread: [] },
  path: { links: LINKS, patienceSeconds: 10, repeats: false, cachesSeconds: 0, via: false },
  most: null,
}

function worldOf(stream: Partial<WorldStream>, more: Partial<World> = {}): World {
  return { ...QUIET, traffic: [{ kind: 'stream', stream: streamOf(stream) }], ...more }
}

function eventsOf(world: World): readonly HistoryEvent[] {
  return [...historyOf(world, { facts, judging: judgingFor(facts, scenarioOf(world)) })]
}

function observed(world: World): readonly Observation[] {
  return eventsOf(world).filter((event) => event.kind === 'observed')
}

const TWICE: Partial<WorldStream> = {
  arrivals: { kind: 'even', perSecond: 10, startSeconds: 0, endSeconds: 2 },
  copies: 2,
  gapSeconds: 0.5,
  nodes: 'first-then-others',
}

describe('the same world', () => {
  test('has the same history, and another seed another one', () => {
    const first = JSON.stringify(eventsOf(worldOf(TWICE)))
    expect(JSON.stringify(eventsOf(worldOf(TWICE)))).toBe(first)
    expect(JSON.stringify(eventsOf(worldOf(TWICE, { seed: '2' })))).not.toBe(first)
  })
})

describe('a simulated history', () => {
  test('is written, read back and judged like any other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cupel-history-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const world = worldOf(TWICE, { system: { kind: 'shipped', flaw: 'no-replay-check' } })
    const judging = judgingFor(facts, scenarioOf(world))
    const writer = openHistory(join(folder, 'history.ndjson.gz'))
    for (const event of historyOf(world, { facts, judging })) {
      if (event.kind !== 'footer') await writer.write([event])
    }
    await writer.close()
    const judge = openJudge(judging, PROFILE)
    for await (const event of readHistory(join(folder, 'history.ndjson.gz'))) judge.see(event)
    const { convictions, complete } = judge.conclude()
    expect(complete).toBe(true)
    expect(convictions.map(({ finding }) => finding)).toContain('replay/accepted-on-another-node')
  })

  test('counts what it sends and what it observed', () => {
    const events = eventsOf(worldOf(TWICE, { most: 15 }))
    const [round, footer] = [events.find(isRound), events.at(-1)]
    expect(round?.steps).toBe(15)
    expect(footer).toMatchObject({ kind: 'footer', steps: 15, observed: 15 })
  })

  test('has clocks within the bounds that it tells, steps and drifts and all', () => {
    const course: ClockCourse = {
      offsetUs: 5_000,
      driftPpm: 100,
      turnsUs: null,
      step: { atUs: 1_200_000, toUs: -70_000 },
    }
    const readings = eventsOf(worldOf(TWICE, { clocks: { 'node-2': course } })).filter(
      (event) => event.kind === 'clock' && event.node === 'node-2',
    )
    const startUs = eventsOf(QUIET).find((event) => event.kind === 'header')?.startedUs ?? 0
    expect(readings.length).toBeGreaterThan(3)
    for (const event of readings) {
      if (event.kind !== 'clock') continue
      const seconds = (event.atUs - startUs) / 1e6
      // The round begins a second after the run.
      const trueUs = seconds < 2.2 ? 5_000 + 100 * seconds : -70_000 + 100 * (seconds - 2.2)
      expect(event.lowUs).toBeLessThanOrEqual(trueUs + 1)
      expect(event.highUs).toBeGreaterThanOrEqual(trueUs - 1)
    }
  })
})

describe('a simulated client', () => {
  test.each<[string, Partial<WorldStream>]>([
    ['in turn', TWICE],
    ['together', { ...TWICE, release: 'together', copies: 5, nodes: 'spread' }],
    ['in rounds', { arrivals: { kind: 'in-turn', count: 7 }, copies: 3, release: 'in-rounds' }],
    ['one after the other', { arrivals: { kind: 'in-turn', count: 5 }, copies: 2 }],
    ['all at once', { arrivals: { kind: 'burst', count: 9, atSeconds: 1 }, nodes: 'rotate' }],
    ['with something else first', { ...TWICE, first: { defect: { kind: 'signature-bit' } } }],
  ])('sends what a plan would send: %s', (_how, some) => {
    const stream = streamOf(some)
    const policy = PROFILES.find(({ name }) => name === PROFILE)?.policy
    if (policy === undefined) throw new RangeError(PROFILE)
    const steps = [...planned(stream, { scenario: 's', policy, facts, random: seeded('plan') })]
    const sent = observed(worldOf(some))
    const inShort = (each: Pick<Observation, 'caseId' | 'node' | 'principal'>, name: string) =>
      `${name} ${each.caseId} ${each.node} ${each.principal}`
    expect(sent.map((each) => inShort(each, each.step)).toSorted()).toEqual(
      steps.map((each) => inShort(each, each.name)).toSorted(),
    )
    expect(
      sent
        .filter(({ presented }) => presented[0]?.last)
        .map(({ step }) => step)
        .toSorted(),
    ).toEqual(
      steps
        .filter(isLast)
        .map(({ name }) => name)
        .toSorted(),
    )
  })

  test('sends the first copies of all in rounds before the second of any, each after the last answer', () => {
    const sent = observed(
      worldOf({ arrivals: { kind: 'in-turn', count: 3 }, copies: 2, release: 'in-rounds' }),
    ).toSorted((one, other) => (one.begunUs ?? 0) - (other.begunUs ?? 0))
    expect(sent.map(({ step }) => step.slice(-4))).toEqual([
      '0/c0',
      '1/c0',
      '2/c0',
      '0/c1',
      '1/c1',
      '2/c1',
    ])
    for (const [index, each] of sent.slice(1).entries())
      expect(each.begunUs).toBeGreaterThan(sent[index]?.answeredUs ?? Infinity)
  })

  test('changes what a stream changes, and says so', () => {
    const [wrong] = observed(
      worldOf({
        change: { set: { iat: { $now: -90 }, exp: { $now: -30 } }, defect: { kind: 'expired' } },
      }),
    )
    const truth = wrong?.presented[0]?.truth
    expect(truth).toMatchObject({ authentic: true, defect: { kind: 'expired' } })
    expect((truth?.expUs ?? 0) - (truth?.iatUs ?? 0)).toBe(60e6)
    expect(wrong?.answer).toMatchObject({ status: 400, code: 'invalid_client' })
  })

  test('is told nothing for as long as its patience lasts', () => {
    const lost = { client: { ...LINKS.client, lossRate: 1 }, store: LINKS.store }
    const path = { ...QUIET.path, patienceSeconds: 2, links: lost }
    const [sent] = observed(worldOf({}, { path }))
    expect(sent).toMatchObject({ answeredUs: null, answer: { kind: 'none', cause: 'timeout' } })
  })
})

test.each([
  ['with the same client assertion beside it is the same request', false, 1, [200, 200]],
  ['with a fresh one it is another, which nobody answers from a cache', true, 2, [200, 400]],
])('a grant that comes again %s', (_how, fresh, tokens, statuses) => {
  const copies = [1, 2].map((seconds) => ({
    atUs: seconds * 1e6,
    node: 0,
    named: true,
    says: 'genuine' as const,
    dice: seconds,
  }))
  const sent = observed({
    ...QUIET,
    path: { ...QUIET.path, cachesSeconds: 5 },
    traffic: [
      {
        kind: 'script',
        stream: streamOf({ copies: 2, usage: 'authorization-grant' }),
        credentials: [
          {
            by: 'honest-issuer',
            iatUs: 0,
            expUs: 60e6,
            nbfUs: null,
            beside: { by: 'honest', fresh },
            copies,
          },
        ],
      },
    ],
  })
  const replies = sent.map(({ answer }) => (answer.kind === 'reply' ? answer : null))
  expect(replies.map((reply) => reply?.status)).toEqual(statuses)
  expect(new Set(replies.map((reply) => reply?.token)).size).toBe(tokens)
})

function isRound(event: HistoryEvent): event is Extract<HistoryEvent, { kind: 'round' }> {
  return event.kind === 'round'
}

function isLast({ parts }: Step): boolean {
  return Object.values(parts).some((source) => 'last' in source && source.last)
}
