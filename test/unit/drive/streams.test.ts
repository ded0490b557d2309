/** Rounds that are read as they are sent: never far ahead, however long they are, and with the same history as a list. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, Step, Steps, StepStream } from '../../../harness/model/plan.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import { streamOf } from '../../../harness/plan/scenarios/stream.ts'
import { seeded } from '../../../harness/random.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from '../plan/facts.ts'
import { again, answer, came, minted, observations, singly, step, world } from './world.ts'

function streamed(...streams: readonly (readonly Step[] | StepStream)[]): Steps {
  const all = streams.map((each): StepStream => ('recipe' in each ? each : listed(each)))
  return {
    streams: all,
    *[Symbol.iterator]() {
      for (const each of all) yield* each
    },
  }
}

function listed(steps: readonly Step[]): StepStream {
  return { length: steps.length, recipe: null, [Symbol.iterator]: () => steps[Symbol.iterator]() }
}

describe('a stream whose tokens are tried', () => {
  /** A use of an assertion that is granted, the trial of its token, a use that is refused, and a trial of nothing. */
  const trialOf = (of: string): Step =>
    step(`${of}/token`, of, {
      parts: { token: { kind: 'taken', step: of, what: 'access-token', tells: 'assertion' } },
    })
  const steps = [
    step('s/0', 0, { parts: { assertion: minted(false) } }),
    trialOf('s/0'),
    step('s/1', 's/0/token', { parts: { assertion: again('s/0', { last: true }) } }),
    trialOf('s/1'),
  ]
  const verify = async ({ step: name }: { readonly step: string }) =>
    name === 's/1' ? answer(400, '{"error":"invalid_grant"}') : answer(200, '{"token":"t"}')
  const asTried: StepStream = Object.assign(listed(steps), { tried: 's/' })

  test('presents each under the replay key of what it came for, and says which step brought it', async () => {
    const { asked, drive } = world({ verify })
    const seen = observations(await drive([], { steps: streamed(asTried) }))
    expect(asked.map(({ parts }) => parts['token'] ?? null)).toEqual([null, 't', null])
    const key = seen[0]?.presented[0]?.key
    expect(key).toBeTypeOf('string')
    expect(seen[1]?.presented).toMatchObject([
      { part: 'token', usage: 'bearer-token', key, last: false, tried: 's/0' },
    ])
    expect(seen[3]).toMatchObject({
      answer: { cause: 'unsent', detail: 'no-answer-to-take-it-from' },
      presented: [{ key, tried: 's/1' }],
    })
  })

  test('does so where the steps of one case are asked again, as a list', async () => {
    const { drive } = world({ verify })
    const seen = observations(await drive(steps))
    expect(seen[1]?.presented[0]).toMatchObject({ key: seen[0]?.presented[0]?.key, tried: 's/0' })
    expect(seen[0]?.presented[0]?.key).toBeTypeOf('string')
  })

  test('owes nobody a trial of what never came', async () => {
    const { drive } = world({ verify })
    const events = await drive([], { steps: streamed(asTried) })
    const dropped = events.flatMap((event) =>
      event.kind === 'measured' && event.name === 'generator/dropped' ? [event.value] : [],
    )
    expect(dropped).toEqual([0])
  })
})

describe('a stream', () => {
  test('is read two seconds ahead and no further', async () => {
    const { driver, clock, stop } = world()
    const startUs = clock.nowUs()
    let read = 0
    const endless: StepStream = {
      length: Infinity,
      recipe: null,
      *[Symbol.iterator]() {
        for (; ; read++) yield step(`s${read}`, read * 100_000)
      },
    }
    let most = 0
    let seen = 0
    const round = { scenario: 's', round: 0, steps: streamed(endless), faults: [] }
    for await (const event of singly(driver.drive(round))) {
      if (event.kind !== 'observed') continue
      most = Math.max(most, read - (clock.nowUs() - startUs) / 100_000)
      if (++seen === 300) stop.abort()
    }
    expect(seen).toBe(300)
    expect(most).toBeGreaterThan(15)
    expect(most).toBeLessThan(25)
  })

  test('of steps that only wait for each other is bounded as well', async () => {
    const { driver, stop } = world()
    let read = 0
    const chain: StepStream = {
      length: Infinity,
      recipe: null,
      *[Symbol.iterator]() {
        for (; ; read++) yield step(`s${read}`, read === 0 ? 0 : `s${read - 1}`)
      },
    }
    let seen = 0
    const round = { scenario: 's', round: 0, steps: streamed(chain), faults: [] }
    for await (const event of singly(driver.drive(round))) {
      if (event.kind !== 'observed') continue
      if (++seen === 2_000) stop.abort()
    }
    expect(seen).toBeGreaterThanOrEqual(2_000)
    expect(read).toBeLessThan(40_000)
  })

  test('that waits is no reason for another to be late', async () => {
    const { drive, clock } = world({
      verify: async ({ step: name }) => {
        if (name.startsWith('slow')) await clock.sleepUntil(clock.nowUs() + 700_000)
        return answer()
      },
    })
    const slow = Array.from({ length: 5 }, (_, at) =>
      step(`slow${at}`, at === 0 ? 0 : `slow${at - 1}`),
    )
    const quick = Array.from({ length: 30 }, (_, at) => step(`quick${at}`, at * 100_000))
    const seen = observations(await drive([], { steps: streamed(slow, quick) }))
    expect(seen).toHaveLength(35)
    const late = seen
      .filter((each) => each.step.startsWith('quick'))
      .map(({ begunUs, dueUs }) => (begunUs ?? 0) - dueUs)
    expect(new Set(late)).toEqual(new Set([0]))
  })

  test('whose races follow each other releases each of them together', async () => {
    const { drive } = world()
    const racers = [0, 1, 2].flatMap((race) =>
      [0, 1, 2, 3].map((copy) =>
        step(`r${race}c${copy}`, race * 1_000_000, {
          race: `r${race}`,
          parts: {
            assertion: copy === 0 ? minted(false) : again(`r${race}c0`, { last: copy === 3 }),
          },
        }),
      ),
    )
    const events = await drive([], { steps: streamed(racers) })
    const seen = observations(events)
    expect(seen.map(came)).toEqual(seen.map(() => '200'))
    for (const race of ['r0', 'r1', 'r2']) {
      const released = seen.filter((each) => each.step.startsWith(race))
      expect(new Set(released.map(({ releasedUs }) => releasedUs)).size).toBe(1)
    }
    const spreads = events.filter(
      (event) => event.kind === 'measured' && event.name === 'race/release-spread-ms',
    )
    expect(spreads).toHaveLength(3)
  })

  test('of which a step waits for what never comes is refused in the end', async () => {
    const { drive } = world()
    const steps = streamed([step('a', 0), step('b', 'nowhere')])
    await expect(drive([], { steps })).rejects.toThrow('b can never be due: it waits for nowhere')
  })
})

const STREAM: Stream = {
  name: 'some',
  attack: null,
  usage: 'client-authentication',
  by: 'hostile',
  arrivals: { kind: 'in-turn', count: 3 },
  copies: 2,
  release: 'in-turn',
  gapSeconds: 0,
  nodes: 'rotate',
  lifetimeSeconds: 60,
}
const CONTEXT = { scenario: 's', policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

const streams = fc.record({
  arrivals: fc.oneof(
    fc.record({ kind: fc.constant('in-turn' as const), count: fc.integer({ min: 1, max: 6 }) }),
    fc.record({
      kind: fc.constantFrom('even' as const, 'poisson' as const),
      perSecond: fc.integer({ min: 1, max: 9 }),
      startSeconds: fc.constant(0),
      endSeconds: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({
      kind: fc.constant('burst' as const),
      count: fc.integer({ min: 1, max: 5 }),
      atSeconds: fc.nat(3),
      times: fc.integer({ min: 1, max: 3 }),
      everySeconds: fc.constant(1),
    }),
  ),
  copies: fc.integer({ min: 1, max: 3 }),
  release: fc.constantFrom('in-turn' as const, 'together' as const, 'in-rounds' as const),
  gapSeconds: fc.constantFrom(0, 0.5, 3),
})

test('the history of streams is that of the same steps in a list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(streams, { minLength: 1, maxLength: 3 }), async (given) => {
      const all = given.map((each, at) => streamOf({ ...STREAM, ...each, name: `s${at}` }, CONTEXT))
      const [one, other] = [
        await world().drive([], { steps: streamed(...all) }),
        await world().drive(all.flatMap((each) => [...each])),
      ]
      const facts = (events: typeof one): readonly Json[] =>
        observations(events)
          .map(({ step: name, dueUs, begunUs, node, presented }): Json => [
            name,
            dueUs,
            begunUs,
            node,
            presented.map(({ last, usage }) => `${usage} ${last}`),
          ])
          .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
      expect(facts(one)).toEqual(facts(other))
      expect(observations(one)).toHaveLength(all.reduce((sum, { length }) => sum + length, 0))
    }),
    { numRuns: 60 },
  )
})
