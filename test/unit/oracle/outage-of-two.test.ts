/** A node that loses its store and tells honest clients that they are wrong: one party's word is not enough. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import { copies, judged, REFUSED, SECOND_US, streamOf, targetWith, whole } from './histories.ts'
import { at, BEGIN, CUT, END, findings } from './node-without-store.ts'
import { judgingOf } from './small-scenario.ts'

describe('honest clients that are refused by a node without its store', () => {
  const honest = { attack: null, copies: 1 }
  const of = (principal: string) => (event: HistoryEvent) => {
    if (event.kind !== 'observed' || principal === 'honest') return event
    const issuer = principal === 'hostile' ? 'client-2' : 'client-3'
    const presented = event.presented.map((each) => ({
      ...each,
      truth: { ...each.truth, issuer, subject: issuer },
    }))
    return { ...event, principal, presented }
  }
  interface Turned {
    readonly before: readonly HistoryEvent[]
    readonly refused: readonly HistoryEvent[]
    readonly after: readonly HistoryEvent[]
  }
  /** One of a party is refused then, and others of it are let in before and after. */
  const turnedAway = (
    principal: string,
    index: number,
    seconds: number,
    node = 'node-2',
  ): Turned => ({
    before: copies(index, [at(1, 'node-1')]).map(of(principal)),
    refused: copies(index + 1, [at(seconds, node, REFUSED)]).map(of(principal)),
    after: copies(index + 2, [at(9, 'node-1')]).map(of(principal)),
  })
  const history = (parties: readonly Turned[], begin = BEGIN, end = END) => [
    ...parties.flatMap(({ before }) => before),
    ...begin,
    ...parties.flatMap(({ refused }) => refused),
    ...end,
    ...parties.flatMap(({ after }) => after),
  ]
  const two = (seconds: number, node?: string): readonly Turned[] => [
    turnedAway('honest', 10, seconds, node),
    turnedAway('spare', 20, seconds + 0.1, node),
  ]
  const BLAMED = 'refusal/outage-told-as-client-error'
  const NOTED = 'replay/refused-once-presented (noted)'

  test('show that it is wrong when only the store was out of reach', () => {
    expect(findings(history(two(3)), honest)).toEqual([BLAMED, BLAMED])
  })

  test('are told of both: each conviction names whom else the node refused', () => {
    const scenario = { streams: [streamOf(honest)], faults: CUT, guards: [] }
    const { convictions } = judged(judgingOf(scenario), whole(history(two(3))))
    expect(convictions[0]?.because).toBe(
      "node-2 refused (401 invalid_client) at 3010.0 ms a client assertion that nothing came before, though nothing about it was wrong and 'honest' was accepted next before and next after; node-2 did the same to 'spare' at 3110.0 ms; in force: link.cut on node-2>store.",
    )
    expect(convictions[0]?.witness.map(({ step }) => step)).toEqual([
      's/r0/stream/11/c0',
      's/r0/stream/21/c0',
    ])
  })

  test('prove nothing where all are one party: somebody else may have had that locked out', () => {
    expect(findings(history([turnedAway('honest', 10, 3)]), honest)).toEqual([NOTED])
    const again = [...BEGIN, ...END].map(shifted(6))
    const [first, second] = [turnedAway('honest', 10, 3), turnedAway('honest', 30, 9.5)]
    const later = {
      ...second,
      before: copies(34, [at(8, 'node-2')]),
      after: copies(33, [at(14, 'node-1')]),
    }
    expect(
      findings(
        [...history([first]), ...history([later], again.slice(0, 2), again.slice(2))],
        honest,
      ),
    ).toEqual([NOTED, NOTED])
  })

  test('prove nothing where each was refused in another cut', () => {
    const [first] = two(3)
    const other = turnedAway('spare', 20, 9.5)
    const later = { ...other, before: [], after: other.after.map(shifted(6)) }
    const again = [...BEGIN, ...END].map(shifted(6))
    const events = [
      ...other.before,
      ...(first === undefined ? [] : history([first])),
      ...history([later], again.slice(0, 2), again.slice(2)),
    ]
    expect(findings(events, honest)).toEqual([NOTED, NOTED])
  })

  test('prove nothing while the cut is being made, for a lost answer may have spent it', () => {
    expect(findings(history(two(2.2)), honest)).toEqual([NOTED, NOTED])
    expect(findings(history(two(3), BEGIN.slice(0, 1)), honest)).toEqual([NOTED, NOTED])
  })

  test('prove nothing at a node that was not cut off, beyond what it does in quiet', () => {
    expect(findings(history(two(3, 'node-1')), honest)).toEqual([NOTED, NOTED])
  })

  test('prove nothing where something between may have sent it twice', () => {
    const target = targetWith({ replay: 'single-use', path: 'unknown' })
    expect(findings(history(two(3)), honest, { target })).toEqual([NOTED, NOTED])
  })

  test('prove nothing of an edge that lets something through', () => {
    const slow = (event: HistoryEvent): HistoryEvent =>
      event.kind === 'fault' ? { ...event, fault: 'link.one-way' } : event
    const events = history(two(3), BEGIN.map(slow), END.map(slow))
    expect(findings(events, honest)).toEqual([NOTED, NOTED])
  })
})

function shifted(seconds: number): (event: HistoryEvent) => HistoryEvent {
  const byUs = seconds * SECOND_US
  return (event) => {
    if (event.kind === 'fault') return { ...event, atUs: event.atUs + byUs }
    if (event.kind !== 'observed') return event
    const { begunUs, answeredUs } = event
    return {
      ...event,
      begunUs: begunUs === null ? null : begunUs + byUs,
      answeredUs: answeredUs === null ? null : answeredUs + byUs,
    }
  }
}
