/** From plan to history: what is sent when, with which bytes, and what is told of it. */
import { describe, expect, test } from 'vitest'
import type { Source } from '../../../harness/model/plan.ts'
import {
  again,
  answer,
  came,
  minted,
  observations,
  plainMinter,
  singly,
  step,
  TRUTH,
  world,
} from './world.ts'

describe('when', () => {
  test('steps with a time begin at it, however slow the answers before them are', async () => {
    const { drive } = world({
      verify: async (_question, clock) => {
        await clock.sleepUntil(clock.nowUs() + 700_000)
        return answer()
      },
    })
    const seen = observations(
      await drive([step('a', 0), step('b', 10_000), step('c', 5_000_000), step('d', 20_000)]),
    )
    expect(seen.map(({ step: name, begunUs, dueUs }) => [name, (begunUs ?? 0) - dueUs])).toEqual([
      ['a', 0],
      ['b', 0],
      ['d', 0],
      ['c', 0],
    ])
  })

  test('a request that is handed over ahead of its time begins at it, met by the wire or else by us', async () => {
    const handedUs: number[] = []
    const { drive, clock } = world({
      pace: { handOverUs: 5_000 },
      connect: (wires) => async (node) => {
        const wire = wires.call(async () => answer())
        if (node === 'node-1') return wire
        return {
          ...wire,
          async sendAt(atUs, message, { signal }) {
            handedUs.push(atUs - clock.nowUs())
            await clock.sleepUntil(atUs)
            return wire.send(message, signal)
          },
        }
      },
    })
    const [here, there] = observations(
      await drive([step('a', 20_000), { ...step('b', 30_000), node: 'node-2' }]),
    )
    expect(here?.begunUs).toBe(here?.dueUs)
    expect(there?.begunUs).toBe(there?.dueUs)
    expect(handedUs).toEqual([5_000])
  })

  test('a request that was handed over is neither sent nor told of once all is stopped', async () => {
    let sent = 0
    const made = world({
      pace: { handOverUs: 5_000 },
      connect: (wires) => async (node) => {
        const wire = wires.call(async () => {
          sent++
          return answer()
        })
        if (node === 'node-1') return wire
        return {
          ...wire,
          // As a thread has it: what was called off is told unsent.
          async sendAt(atUs, message, { signal, stop }) {
            await made.clock.sleepUntil(atUs, stop)
            return wire.send(message, stop.aborted ? stop : signal)
          },
        }
      },
    })
    const steps = ['node-1', 'node-2'].map((node, at) => ({ ...step(`s${at}`, 20_000), node }))
    void made.clock.sleepUntil(made.clock.nowUs() + 67_000).then(() => made.stop.abort())
    expect(observations(await made.drive(steps))).toEqual([])
    expect(sent).toBe(0)
  })

  test('credentials with a time are minted before it, so that slow minting delays none of them', async () => {
    const minter = plainMinter()
    const { clock, drive } = world({
      minter: {
        ready: Promise.resolve(),
        close: () => minter.close(),
        mint: async (source, atUs) => {
          await clock.sleepUntil(clock.nowUs() + 500_000)
          return minter.mint(source, atUs)
        },
      },
    })
    const [seen] = observations(await drive([step('a', 600_000)]))
    expect(seen?.begunUs).toBe(seen?.dueUs)
  })

  test('a chain goes on from each answer, whatever it was', async () => {
    const { drive } = world({
      dead: ['node-2'],
      verify: async ({ step: name }, clock) => {
        await clock.sleepUntil(clock.nowUs() + 1000)
        if (name === 'b') throw new Error('no')
        return name === 'c' ? new Promise(() => {}) : answer(503)
      },
    })
    const plan = [
      step('e', 'd', { due: { after: 'd', plusUs: 250 } }),
      step('d', 'c', { node: 'node-2' }),
      step('c', 'b'),
      step('b', 'a'),
      step('a', 0),
    ]
    const seen = observations(await drive(plan))
    expect(seen.map((each) => [each.step, came(each)])).toEqual([
      ['a', '503'],
      ['b', 'reset'],
      ['c', 'timeout'],
      ['d', 'unsent'],
      ['e', '503'],
    ])
    const [a, b, c, d, e] = seen
    expect([b?.begunUs, e?.dueUs]).toEqual([(a?.answeredUs ?? 0) + 1, (d?.dueUs ?? 0) + 250])
    expect(d).toMatchObject({ begunUs: null, releasedUs: null, answeredUs: null })
    expect(d?.dueUs).toBe((c?.begunUs ?? 0) + 1_000_001)
  })

  test('a step may wait for one of an earlier round', async () => {
    const { drive } = world()
    await drive([step('a', 0)])
    const [seen] = observations(await drive([step('b', 'a')], { round: 1 }))
    expect(seen).toMatchObject({ step: 'b', round: 1, dueUs: seen?.begunUs })
  })

  test.each([
    ['waits for a step that is not there', [step('a', 'nowhere')]],
    ['waits for itself through another', [step('a', 'b'), step('b', 'a')]],
    ['waits inside its own race', [step('a', 0, { race: 'r' }), step('b', 'a', { race: 'r' })]],
    ['has the name of another', [step('a', 0), step('a', 1)]],
  ])('a plan in which a step %s is refused before anything is sent', async (_name, steps) => {
    const { asked, drive } = world()
    await expect(drive(steps)).rejects.toThrow(RangeError)
    expect(asked).toEqual([])
  })

  test('clocks are read before and after, and the generator says how late it was', async () => {
    const kinds = (await world().drive([step('a', 0)])).map((event) => event.kind)
    expect([...new Set(kinds)]).toEqual(['clock', 'observed', 'measured'])
    expect(kinds.filter((kind) => kind === 'clock')).toHaveLength(2)
    expect(kinds.indexOf('observed')).toBe(1)
  })
})

describe('what', () => {
  test('again means the same bytes and the same truth, in a later round as well', async () => {
    const { asked, drive } = world()
    const first = await drive([step('a', 0, { parts: { assertion: minted(false) } })])
    const second = await drive([step('b', 0, { parts: { assertion: again('a') } })], { round: 1 })
    const third = await drive([step('c', 0, { parts: { assertion: again('b') } })], { round: 2 })
    expect(new Set(asked.map(({ parts }) => parts['assertion'])).size).toBe(1)
    const presented = [first, second, third].flatMap((round) =>
      observations(round).flatMap((each) => each.presented),
    )
    expect(
      presented.map(({ key, last, truth }) => [key, last, truth.jti, truth.authentic]),
    ).toEqual(
      Array.from({ length: 3 }, () => [
        '["token","client-authentication","key","jti-0"]',
        false,
        'jti-0',
        true,
      ]),
    )
  })

  test('an altered repetition has other bytes, the same key, and is authentic no more if it breaks the signature', async () => {
    const { asked, drive } = world()
    const altered = again('a', { altered: { kind: 'signature-bit' } })
    const events = await drive([
      step('a', 0, { parts: { assertion: minted(false) } }),
      step('b', 'a', { parts: { assertion: altered } }),
    ])
    expect(new Set(asked.map(({ parts }) => parts['assertion'])).size).toBe(2)
    const [one, other] = observations(events).flatMap((each) => each.presented)
    expect(other?.key).toBe(one?.key)
    expect(other?.truth).toEqual({
      ...one?.truth,
      authentic: false,
      defect: { kind: 'signature-bit' },
    })
  })

  test('a target that speaks truth is handed the altered truth', async () => {
    const { asked, drive } = world({ speaks: 'truth' })
    await drive([
      step('a', 0, { parts: { assertion: minted(false) } }),
      step('b', 'a', { parts: { assertion: again('a', { altered: { kind: 'signature-bit' } }) } }),
    ])
    expect(JSON.parse(asked[1]?.parts['assertion'] ?? '')).toMatchObject({
      jti: 'jti-0',
      authentic: false,
    })
  })

  test('nothing is remembered beyond the presentation that was promised to be the last', async () => {
    const { drive } = world()
    const events = await drive([
      step('a', 0, { parts: { assertion: minted(false) } }),
      step('b', 'a', { parts: { assertion: again('a', { last: true }) } }),
      step('c', 'b', { parts: { assertion: again('a') } }),
      step('d', 'c', { parts: { assertion: again('b') } }),
    ])
    expect(observations(events).map(came)).toEqual(['200', '200', 'unsent', 'unsent'])
  })

  test('a token is taken from an answer, and where there is none the step is not sent', async () => {
    const take = (of: string): Record<string, Source> => ({
      token: { kind: 'taken', step: of, what: 'access-token' },
    })
    const { asked, drive } = world({
      verify: async ({ step: name }) => answer(200, name === 'a' ? '{"token":"t-1"}' : '{}'),
    })
    const events = await drive([
      step('a', 0),
      step('b', 'a', { parts: take('a') }),
      step('c', 'b', { parts: { ...take('b'), assertion: minted() } }),
    ])
    const [a, b, c] = observations(events)
    expect(asked.map(({ step: name, parts }) => [name, parts['token']])).toEqual([
      ['a', undefined],
      ['b', 't-1'],
    ])
    expect(b?.presented).toMatchObject([
      { part: 'token', usage: 'bearer-token', key: null, truth: { authentic: true, jti: null } },
    ])
    expect(c).toMatchObject({ begunUs: null, answer: { kind: 'none', cause: 'unsent' } })
    // HMAC-SHA-256 of "t-1" under "secret", by openssl, its first 64 bits.
    expect(a?.answer).toMatchObject({ token: '4b599f8ccb388415' })
  })

  test('a credential without a string jti has no key', async () => {
    const { drive } = world({
      minter: {
        ready: Promise.resolve(),
        mint: async () => ({ text: 'x.y.z', truth: { ...TRUTH, issuer: 'me' } }),
        close: async () => {},
      },
    })
    expect(observations(await drive([step('a', 0)]))[0]?.presented[0]?.key).toBeNull()
  })

  test('a minter that fails stops the round and is thrown; what was in flight is still told', async () => {
    const told: string[] = []
    const { asked, driver, clock } = world({
      verify: async () => {
        await clock.sleepUntil(clock.nowUs() + 300_000)
        return answer()
      },
      minter: {
        ready: Promise.resolve(),
        mint: async (source) => {
          if (source.signer === 'bad') throw new Error('cannot sign')
          return { text: 'x.y.z', truth: TRUTH }
        },
        close: async () => {},
      },
    })
    const bad = { assertion: { ...minted(), signer: 'bad' } as Source }
    const steps = [step('a', 0), step('b', 100, { parts: bad }), step('c', 200_000)]
    const reading = async (): Promise<void> => {
      const events = driver.drive({ scenario: 's', round: 0, steps, faults: [] })
      for await (const event of singly(events)) {
        if (event.kind === 'observed') told.push(event.step)
      }
    }
    await expect(reading()).rejects.toThrow('cannot sign')
    expect([told, asked.length]).toEqual([['a'], 1])
  })
})

test('a step whose connection opens only after the run was aborted is not sent', async () => {
  const { drive, asked, stop, clock } = world({
    connect: (wires) => async () => {
      stop.abort()
      return wires.call(async () => {
        asked.push({ step: 'sent', node: null, parts: {}, atUs: clock.nowUs() })
        return answer()
      })
    },
  })
  expect([observations(await drive([step('a', 0)])), asked]).toEqual([[], []])
})
