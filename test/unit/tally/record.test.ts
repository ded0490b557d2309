import { describe, expect, test } from 'vitest'
import type { JudgedScenario } from '../../../harness/model/judging.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import type { Judgement, ScenarioResult } from '../../../harness/model/verdict.ts'
import { assemble, type Assembly } from '../../../harness/tally/record.ts'
import { aCell } from './cells.ts'
import { aCheckResult, aConviction } from './convictions.ts'
import { aHeader } from './events.ts'
import { JUDGING } from './judging.ts'

describe('the record', () => {
  test('carries the header, the first judgement and the folds', () => {
    const record = assemble(anAssembly())
    expect(record).toMatchObject({
      format: 1,
      tool: { name: 'cupel', version: '1.2.3', node: 'v24' },
      seed: '7',
      runId: 'AAAAAAAAAAAAAAAAAAAAAA',
      profile: 'rfc7523',
      startedAt: 'at 5',
      endedAt: 'at 9',
      target: {
        name: 'embedded',
        kind: 'token-endpoint',
        nodes: 2,
        declares: { replay: 'single-use' },
      },
      verdict: 'conforms',
      exitCode: 0,
      interrupted: null,
      complete: true,
    })
    expect(record.rates).toHaveLength(1)
    expect(JSON.parse(JSON.stringify(record))).toEqual(record)
  })
  test('keeps further profiles with verdicts of their own, and is judged by its first', () => {
    const other = aJudgement({ profile: 'oidc-core', checks: [aCheckResult({ verdict: 'fail' })] })
    const record = assemble(anAssembly({ judgements: [aJudgement(), other] }))
    expect(record.verdict).toBe('conforms')
    expect(record.profiles).toMatchObject([{ profile: 'oidc-core', verdict: 'violates' }])
  })
  test('exits with 1 on a conviction that obliges, though no check and no scenario says so', () => {
    const judgement = aJudgement({ convictions: [aConviction()] })
    expect(assemble(anAssembly({ judgements: [judgement] }))).toMatchObject({
      verdict: 'violates',
      exitCode: 1,
    })
  })
  test('exits with 255 while a fault is not mended, whatever else is true', () => {
    const fault = {
      scenario: 'replay-race',
      name: 'link.cut',
      on: 'a>b',
      rung: 'x',
      forgets: 'nothing',
      stages: { unmended: 5 },
    } as const
    expect(assemble(anAssembly({ faults: [fault] })).exitCode).toBe(255)
  })
  test('of an interrupted run, or of a history without an end, never conforms', () => {
    expect(assemble(anAssembly({ interrupted: 'stopped by SIGINT' }))).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 2,
      complete: false,
      interrupted: 'stopped by SIGINT',
    })
    const cut = aJudgement({ complete: false })
    expect(assemble(anAssembly({ judgements: [cut] }))).toMatchObject({
      verdict: 'inconclusive',
      complete: false,
    })
  })
  test('needs a judgement', () => {
    const nothing = new RangeError('a record needs a judgement')
    expect(() => assemble(anAssembly({ judgements: [] }))).toThrow(nothing)
  })
  test('holds the notes of the run before those of the judge', () => {
    expect(assemble(anAssembly({ notes: ['a note of the run'] })).notes).toEqual([
      'a note of the run',
      'a note of the judge',
    ])
  })
  test('says what a target calls itself, what was expected and what was left out, where anybody did', () => {
    const plain = assemble(anAssembly())
    for (const member of ['expectations', 'skipped']) expect(plain).not.toHaveProperty(member)
    expect(plain.target).not.toHaveProperty('called')
    const { judging } = anAssembly()
    const target = { ...judging.target, called: 'Keycloak 26' }
    const skipped = [{ id: 'rfc7523/**', reason: 'not ours' }]
    const entry = { id: 'replay-race', reason: 'known', expires: '2026-11-26' }
    const told = assemble(
      anAssembly({
        judging: { ...judging, target },
        skipped,
        expected: [entry],
        isoTime: () => '2026-11-26T23:59:59Z',
      }),
    )
    expect(told).toMatchObject({ skipped, target: { called: 'Keycloak 26' } })
    // On its last day an expectation still counts.
    expect(told.expectations).toEqual([{ entry, state: 'stale' }])
  })
  test('exits as it would where every fault was mended', () => {
    const stages = { mended: 5 }
    const fault = { scenario: 'replay-race', name: 'link.cut', on: 'a>b', rung: 'x' } as const
    expect(
      assemble(anAssembly({ faults: [{ ...fault, forgets: 'nothing', stages }] })).exitCode,
    ).toBe(0)
  })
})

describe('a scenario in the record', () => {
  const planned = (more: Partial<JudgedScenario>) => {
    const { judging } = anAssembly()
    const scenarios = judging.scenarios.map((each) => ({ ...each, ...more }))
    return { ...judging, scenarios }
  }
  test('is held to what was planned of it: its terms, and the classes of its streams, each once', () => {
    const stream = { attack: 'replay' } as JudgedScenario['streams'][number]
    const judging = planned({ streams: [stream, { ...stream, attack: null }, stream] })
    expect(assemble(anAssembly({ judging })).scenarios[0]?.terms).toEqual({
      means: { conforms: '', violates: '' },
      maxUndecided: 0.01,
      classes: ['replay', null],
    })
  })
  test('that nobody planned is held to nothing', () => {
    const judging = planned({ name: 'other' })
    expect(assemble(anAssembly({ judging })).scenarios[0]).toMatchObject({
      gates: [],
      guards: [{ name: 'races' }],
      terms: { means: { conforms: '', violates: '' }, maxUndecided: 0, classes: [] },
    })
  })
  test('needs guards beyond its own in every shard, for they are about its faults', () => {
    const races = { name: 'races', counts: 'races', needed: 30 } as const
    const guards = [...RACE.guards, { name: 'cut: seen', needed: 1, seen: 1 }]
    const judgement = aJudgement({ scenarios: [{ ...RACE, guards }] })
    const told = (judging: Assembly['judging']) =>
      assemble(anAssembly({ judgements: [judgement], judging })).scenarios[0]?.guards
    expect(told(planned({ guards: [races] }))).toEqual([
      { name: 'races', needed: 30, seen: 41 },
      { name: 'cut: seen', needed: 1, seen: 1, everyShard: true },
    ])
    expect(told(planned({ name: 'other' }))).toEqual(guards)
  })
  test('keeps what its experiment concluded with, where it did', () => {
    const conclusion = { says: 'at most 40/s' }
    const judgement = aJudgement({ scenarios: [{ ...RACE, conclusion }] })
    expect(assemble(anAssembly({ judgements: [judgement] })).scenarios[0]).toMatchObject({
      conclusion,
    })
    expect(assemble(anAssembly()).scenarios[0]).not.toHaveProperty('conclusion')
  })
})

describe('gates in the record', () => {
  const gate: Gate = {
    metric: 'far',
    attack: 'replay',
    phase: null,
    frame: 'world',
    below: 1e-3,
  }
  test('breach their scenario and say why', () => {
    const judgement = aJudgement({ cells: [aCell({ events: 9, trials: 10 })] })
    const record = assemble(anAssembly({ judgements: [judgement], gates: [gate] }))
    expect(record).toMatchObject({ verdict: 'breached', exitCode: 99 })
    expect(record.scenarios).toMatchObject([
      {
        verdict: 'breached',
        because: 'replay (steady): 9 of 10, at least 60.6 % at 95 %',
        gates: [{ gate, answer: 'failed' }],
      },
    ])
  })
  test('are not decided on half a run', () => {
    const judgement = aJudgement({ cells: [aCell({ trials: 5000 })], complete: false })
    const record = assemble(anAssembly({ judgements: [judgement], gates: [gate] }))
    expect(record.scenarios[0]).toMatchObject({
      verdict: 'inconclusive',
      because: 'a gate stands on whole runs only',
      gates: [{ answer: 'undecided' }],
    })
  })
  test('say why by those that decide, and leave a scenario that they do not decide its own reason', () => {
    const cells = [aCell({ events: 9, trials: 10 }), aCell({ phase: 'during', trials: 10 })]
    const phased = (phase: Gate['phase']): Gate => ({ ...gate, phase })
    const because = (gates: readonly Gate[]) =>
      assemble(anAssembly({ judgements: [aJudgement({ cells })], gates })).scenarios[0]?.because
    expect(because([phased('during'), phased('steady')])).toBe(
      'replay (steady): 9 of 10, at least 60.6 % at 95 %',
    )
    expect(because([phased('during')])).toBe('replay (during): 0 of 10, at most 25.9 % at 95 %')
    expect(because([phased('during'), { ...phased('during'), below: 1e-4 }])).toBe(
      'replay (during): 0 of 10, at most 25.9 % at 95 %',
    )
    expect(because([{ ...phased('during'), below: 0.9 }])).toBe(RACE.because)
  })
  test('look at the cells of their own scenario only', () => {
    const cells = [aCell({ trials: 5000 }), aCell({ scenario: 'other', events: 9, trials: 10 })]
    const record = assemble(anAssembly({ judgements: [aJudgement({ cells })], gates: [gate] }))
    expect(record.verdict).toBe('conforms')
  })
})

function aJudgement(change: Partial<Judgement> = {}): Judgement {
  return {
    profile: 'rfc7523',
    complete: true,
    checks: [aCheckResult()],
    scenarios: [RACE],
    convictions: [],
    times: {},
    cells: [aCell()],
    series: [],
    pairs: [],
    late: [],
    leeways: [],
    keys: { ofRun: 100, others: [] },
    observed: 100,
    notes: ['a note of the judge'],
    ...change,
  }
}

const RACE: ScenarioResult = {
  name: 'replay-race',
  question: 'Can it be used twice at once?',
  verdict: 'conforms',
  because: 'each group was accepted once',
  guards: [{ name: 'races', needed: 30, seen: 41 }],
  undecided: 0,
  judged: 100,
  unclocked: 0,
  intolerable: [],
  ended: true,
  violated: false,
}

type Change = Partial<Assembly> & { readonly gates?: JudgedScenario['gates'] }

function anAssembly({ gates = [], ...change }: Change = {}): Assembly {
  const scenario: JudgedScenario = {
    name: 'replay-race',
    question: RACE.question,
    means: { conforms: '', violates: '' },
    streams: [],
    faults: [],
    guards: [],
    gates,
    maxUndecided: 0.01,
    unsupported: null,
  }
  return {
    judgements: [aJudgement()],
    header: aHeader(5),
    judging: { ...JUDGING, scenarios: [scenario] },
    endedUs: 9,
    isoTime: (us) => `at ${us}`,
    digest: (text) => `digest of ${text}`,
    versions: { cupel: '1.2.3', node: 'v24' },
    latency: [],
    generator: {
      sent: 100,
      timed: 100,
      dueToSentMs: { p50: 0, p99: 0, max: 0 },
      dueToSentHdr: '',
      dueToSentIn: [],
      dropped: 0,
      eventLoopDelayMs: { p99: 0 },
      starvedShare: 0,
      busyShare: 0,
      cores: 0,
      mintingBacklog: 0,
      staleConnections: 0,
    },
    faults: [],
    interrupted: null,
    notes: [],
    ...change,
  }
}
