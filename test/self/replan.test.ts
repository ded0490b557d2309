/**
 * Goal: one seed gives one plan. Round 0 is the same every time, and later rounds follow from the recorded answers and from
 * nothing else. Method: recorded runs are planned again; with other answers, or another plan, that must show.
 */
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plannedAgain, replan } from '../../api/replan.ts'
import { judgingIn } from '../../harness/history/judging.ts'
import { readHistory } from '../../harness/history/reader.ts'
import type { HistoryEvent } from '../../harness/model/history.ts'
import { openJudge } from '../../harness/oracle/judge.ts'
import { digest } from '../../harness/plan/digest.ts'
import { openReplanning } from '../../harness/replan.ts'
import type { RunOptions } from '../../api/index.ts'
import { ask } from './ask.ts'

const CLIMB = resolve('test/self/fixtures/short-climb.yaml')

async function recorded(some: Partial<RunOptions>): Promise<string> {
  const { folder } = await ask({ reports: [], ...some })
  return `${folder}/history.ndjson.gz`
}

async function eventsOf(file: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = []
  for await (const event of readHistory(file)) events.push(event)
  return events
}

describe('a run is planned again from its history alone', () => {
  test.each<readonly [name: string, options: Partial<RunOptions>, leastLater: number]>([
    [
      'checks and scenarios',
      { target: 'simulated:reference', suites: ['rfc7519/**'], scenarios: ['clock-skew'] },
      0,
    ],
    [
      'a property whose failing cases are made smaller',
      { target: 'simulated:nbf-ignored', scenarios: ['property-*'] },
      3,
    ],
    ['a climb', { target: 'simulated:reference', scenarios: [CLIMB] }, 1],
    [
      'a gate that is decided on the way',
      {
        target: 'simulated:no-replay-check',
        scenarios: ['replay-sequential'],
        repeat: 5,
        gates: [
          {
            metric: 'far',
            attack: 'replay',
            phase: null,
            frame: 'world',
            below: 0.05,
            sequential: { good: 0.001, alpha: 0.05, beta: 0.05 },
          },
        ],
      },
      0,
    ],
    [
      'one shard of several',
      {
        target: 'simulated:reference',
        scenarios: ['replay-*'],
        repeat: 3,
        shard: { index: 2, of: 3 },
      },
      0,
    ],
    ['checks of a live target', { target: 'embedded', suites: ['rfc7523/3/exp*'] }, 0],
  ])('%s', { timeout: 60_000 }, async (_name, options, leastLater) => {
    const { rounds, differences, whole, otherVersion } = await replan(await recorded(options))
    expect({ differences, whole, otherVersion }).toEqual({
      differences: [],
      whole: true,
      otherVersion: null,
    })
    expect(rounds.length).toBeGreaterThan(0)
    expect(rounds.filter(({ round }) => round > 0).length).toBeGreaterThanOrEqual(leastLater)
  })

  test('round 0 is the same in every run of a seed, on other nodes, too', async () => {
    const some = { target: 'simulated:reference', scenarios: ['partitioned-cache', 'replay-race'] }
    const roundsOf = async (options: Partial<RunOptions>) =>
      (await eventsOf(await recorded(options))).flatMap((event) =>
        event.kind === 'round' && event.round === 0 ? [[event.scenario, event.digest]] : [],
      )
    const first = await roundsOf(some)
    expect(first.length).toBe(2)
    expect(await roundsOf(some)).toEqual(first)
    expect(await roundsOf({ ...some, target: 'simulated:fails-open' })).toEqual(first)
    expect(await roundsOf({ ...some, seed: '8' })).not.toEqual(first)
  })
})

describe('what was not asked as it is planned', () => {
  const searched = { target: 'simulated:nbf-ignored', scenarios: ['property-*'] }

  test('shows where answers were others than those that led on', async () => {
    const events = await eventsOf(await recorded(searched))
    // With a server that refuses everything nothing fails that is looked for, or other things do.
    const refused = events.map((event): HistoryEvent =>
      event.kind === 'observed' && event.answer.kind === 'reply'
        ? { ...event, answer: { ...event.answer, status: 503, code: null, token: null } }
        : event,
    )
    const { differences, rounds } = await planned(refused)
    expect(rounds[0]).toMatchObject({ round: 0, same: true })
    expect(differences.length).toBeGreaterThan(0)
  })

  test('shows where a digest is another, and only there', async () => {
    const events = await eventsOf(await recorded(searched))
    const [last] = events.filter(({ kind }) => kind === 'round').slice(-1)
    const other = events.map((event) =>
      event === last && event.kind === 'round' ? { ...event, digest: 'another' } : event,
    )
    const { differences } = await planned(other)
    expect(differences).toMatchObject([{ how: 'it would ask other steps' }])
  })

  test('is not missed where a run left an experiment out', async () => {
    const events = await eventsOf(await recorded(searched))
    const without = events.filter(({ kind }) => kind === 'header' || kind === 'footer')
    expect((await planned(without)).differences.map(({ how }) => how)).toContain(
      'it would be asked to its end',
    )
  })

  /** As `cupel judge --replan` does it, with events that no reader would give out. */
  async function planned(told: readonly HistoryEvent[]) {
    const [header] = told
    if (header?.kind !== 'header') throw new RangeError('a history begins with its header')
    const judging = judgingIn(header)
    const { experiments } = await plannedAgain(header, judging)
    const replanning = openReplanning(experiments, openJudge(judging, 'rfc7523bis'), digest)
    for (const event of told) replanning.see(event)
    return replanning.conclude()
  }
})
