/** What the parts of a judge are told of one answer, once clocks are known: who failed, who worked, what may yet be asked about. */
import { describe, expect, test } from 'vitest'
import { ISSUED } from '../../../harness/drive/filled.ts'
import type { Observation, Presentation, Truth } from '../../../harness/model/history.ts'
import type { Judging } from '../../../harness/model/judging.ts'
import { openBench, type Bench } from '../../../harness/oracle/bench.ts'
import { takeIn } from '../../../harness/oracle/intake.ts'
import { weigh } from '../../../harness/oracle/weighing.ts'
import {
  asked,
  copies,
  granted,
  presented,
  REFUSED,
  reply,
  SECOND_US,
  START_US,
  streamOf,
  truthAt,
} from './histories.ts'
import { FORGED, judgingOf as checksOf, row, stimulus } from './one-check.ts'
import { judgingOf } from './small-scenario.ts'

/** What was told, by whom it was told and of whom. */
type Told = [to: string, of: string]

const AT = (seconds: number) => START_US + seconds * SECOND_US

/** @param aheadSeconds How far the clock of every node is ahead. */
function openTold(judging: Judging, aheadSeconds = 0): { bench: Bench; told: Told[] } {
  const told: Told[] = []
  const bench = openBench(judging, 'rfc7523bis')
  for (const [at, node] of [0, 40].flatMap((each) =>
    ['node-1', 'node-2'].map((of) => [each, of]),
  )) {
    const offsetUs = aheadSeconds * SECOND_US
    bench.clocks.see({
      kind: 'clock',
      node: String(node),
      source: 'hook',
      atUs: AT(Number(at)),
      lowUs: offsetUs,
      highUs: offsetUs,
    })
  }
  const { standing, lockOuts, crashes, ledger } = bench
  return {
    told,
    bench: {
      ...bench,
      standing: { ...standing, mayAsk: (of) => void told.push(['standing', of]) },
      lockOuts: {
        ...lockOuts,
        mayAsk: ({ party }) => void told.push(['lockOuts', party]),
        failed: ({ party }) => void told.push(['failed', party]),
        turnedAway: ({ party }) => void told.push(['turnedAway', party]),
      },
      crashes: { ...crashes, see: ({ caseId }) => void told.push(['crashes', caseId]) },
      ledger: { ...ledger, alone: (key) => void told.push(['alone', key]) },
    },
  }
}

function toldOf(events: readonly Observation[], judging: Judging, aheadSeconds = 0) {
  const { bench, told } = openTold(judging, aheadSeconds)
  for (const event of events) takeIn(event, bench, (sighting) => weigh(sighting, bench))
  return told
}

const ONCE = judgingOf({ streams: [streamOf({ attack: null, copies: 1 })] })
const TWICE = judgingOf()

/** One request of the stream at 2 s. */
function one(answer = REFUSED, truth: Partial<Truth> = {}, more: Partial<Observation> = {}) {
  const made = presented(truthAt(2, { jti: 'one', ...truth }))
  return asked({ step: 's/r0/stream/0/c0', at: 2, answer, presented: [made], ...more })
}

const asks = (events: readonly Observation[], judging = ONCE, aheadSeconds = 0) =>
  toldOf(events, judging, aheadSeconds).filter(([to]) => to === 'standing' || to === 'lockOuts')

const BOTH: Told[] = [
  ['standing', 'honest'],
  ['lockOuts', 'client-1'],
]

describe('a refusal may be asked about later', () => {
  test('where it was owed an acceptance', () => {
    expect(asks([one()])).toEqual(BOTH)
    expect(asks([one(granted())])).toEqual([])
    expect(asks([one(REFUSED, FORGED)])).toEqual([])
  })

  test('where it was so by true time or by the target’s own clock, whichever', () => {
    // By a clock that is ten minutes ahead it ended long ago.
    expect(asks([one()], ONCE, 600)).toEqual(BOTH)
    const ended = { expUs: AT(-30), iatUs: AT(-90) }
    expect(asks([one(REFUSED, ended)], ONCE, -60)).toEqual(BOTH)
    expect(asks([one(REFUSED, ended)])).toEqual([])
  })

  test('unless a use of it that was seen before may have been honoured by then', () => {
    const after = (accepted: number, first = granted()) => {
      const [refused, other] = copies(0, [
        { at: 2, answer: REFUSED },
        { at: accepted, answer: first },
      ])
      if (refused === undefined || other === undefined) throw new RangeError('there are two')
      return asks([other, refused], TWICE)
    }
    expect(after(1)).toEqual([])
    // The refusal was answered at 2.01 s.
    expect(after(2.01)).toEqual([])
    expect(after(2.02)).toEqual(BOTH)
    expect(after(1, reply(503))).toEqual(BOTH)
  })

  test('where only the table of its check knows the answer to be a refusal, and it was owed an acceptance', () => {
    const denied = reply(400, { code: 'access_denied' })
    const told = (deserves: 'accept' | 'reject', truth: Partial<Truth> = {}) => {
      const expects = [row(deserves, { errors: ['access_denied'] })]
      return toldOf([stimulus(denied, truth)], checksOf({ expects }), 0.05).filter(
        ([to]) => to !== 'failed',
      )
    }
    expect(told('accept')).toEqual([
      ['turnedAway', 'client-1'],
      ['lockOuts', 'client-1'],
    ])
    expect(told('reject', FORGED)).toEqual([])
    expect(told('reject')).toEqual([])
  })
})

describe('who failed', () => {
  const failed = (event: Observation) =>
    toldOf([event], ONCE).flatMap(([to, of]) => (to === 'failed' ? [of] : []))

  test('is told once of a party by itself, and of both where one sent it in another’s name', () => {
    expect(failed(one())).toEqual(['client-1'])
    expect(failed(one(REFUSED, FORGED, { principal: 'hostile' }))).toEqual(['client-1', 'client-2'])
  })

  test('is nobody by a token that did not work', () => {
    const token: Presentation = {
      part: 'token',
      usage: 'bearer-token',
      key: 'one',
      last: true,
      truth: ISSUED,
      tried: 's/r0/stream/0/c0',
    }
    expect(failed(one(REFUSED, {}, { presented: [token] }))).toEqual([])
  })
})

describe('told besides are', () => {
  const of = (to: string, events: readonly Observation[], judging = ONCE) =>
    toldOf(events, judging).flatMap(([each, about]) => (each === to ? [about] : []))

  test('crashes of drawn scenarios, and of no others', () => {
    const scenarios = ONCE.scenarios.map((each) => ({ ...each, drawn: true as const }))
    expect(of('crashes', [one()], { ...ONCE, scenarios })).toEqual(['s/stream/0'])
    expect(of('crashes', [one()])).toEqual([])
  })

  test('the only uses of keys, where there is a key', () => {
    expect(of('alone', [one(granted())])).toEqual(['one'])
    const nameless = presented(truthAt(2, { jti: null }))
    expect(of('alone', [one(granted(), {}, { presented: [nameless] })])).toEqual([])
  })
})
