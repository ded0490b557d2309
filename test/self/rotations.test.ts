/** Goal: who is right is accused of nothing while keys change, and of who is wrong the change is kept where it is needed. */
import { describe, expect, test } from 'vitest'
import type { Json } from '../../harness/model/plan.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import type { Message, RawAnswer, Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { embedded } from '../../targets/embedded.ts'
import { simulated } from '../../targets/simulated/target.ts'
import { ask, obliging } from './ask.ts'

const SCENARIO = 'property-rotations'

describe('who is right', () => {
  test.each(['embedded', 'simulated:reference'])('conforms: %s', async (target) => {
    const { record } = await ask({ target, scenarios: [SCENARIO] })
    expect(record.findings).toEqual([])
    expect(record.verdict).toBe('conforms')
    expect(counterexamplesIn(record)).toEqual([])
  })

  test.each(['1', '2', '3'])('conforms with many more cases, seed %s', async (seed) => {
    const target = 'simulated:reference'
    const { record } = await ask({ target, scenarios: [SCENARIO], seed, propertyRuns: 60 })
    expect(record.findings).toEqual([])
    expect(record.verdict).toBe('conforms')
  })

  // It may do so for as long as it says it needs to know a key, and longer than is waited here.
  test('must not be told that it does not know the next key yet', async () => {
    const { record } = await ask({
      target: 'simulated:jwks-never-refreshed',
      scenarios: [SCENARIO],
    })
    expect(obliging(record)).toEqual([])
  })

  test('must not be told that it goes on with a key that was taken back', async () => {
    const { record } = await ask({ target: 'simulated:removed-key-lives', scenarios: [SCENARIO] })
    expect(obliging(record)).toEqual([])
  })

  test('must not be told that it locks a party out after a failure', async () => {
    const target = answering(() => null, lockingOut)
    const { record } = await ask({ target, scenarios: [SCENARIO] })
    expect(obliging(record)).toEqual([])
  })
})

describe('who is wrong', () => {
  test('and forgets with the keys what was used is shown by one change between two uses', async () => {
    const target = 'simulated:rotation-forgets-replays'
    const { record } = await ask({ target, scenarios: [SCENARIO] })
    expect(obliging(record)).toEqual(['replay/accepted-during-fault'])
    const [smallest, ...others] = counterexamplesIn(record)
    expect(others).toEqual([])
    expect(smallest).toMatchObject({ shownIn: expect.stringMatching(/^(\d+) of \1$/) })
    expect(smallest?.sequence.map(({ what, key = '' }) => `${what} ${key}`.trim())).toEqual([
      'genuine old',
      'rotate',
      'genuine old',
    ])
  })

  test('and remembers nothing at all is shown by two uses, and no change', async () => {
    const { record } = await ask({ target: 'simulated:no-replay-check', scenarios: [SCENARIO] })
    expect(obliging(record)).toContain('replay/accepted-sequentially')
    const [smallest] = counterexamplesIn(record)
    expect(smallest?.sequence.map(({ what }) => what)).toEqual(['genuine', 'genuine'])
  })

  test.each([
    ['foreign-key', 'foreigner', 'signature/foreign-key-accepted'],
    ['attacker-key', 'impostor', 'signature/invalid-accepted'],
  ])('and takes a %s is shown by one, and no change', async (kind, stranger, finding) => {
    const target = answering(({ defect }) => (Object(defect).kind === kind ? GRANTED : null))
    const { record } = await ask({ target, scenarios: [SCENARIO] })
    expect(obliging(record)).toEqual([finding])
    const [smallest] = counterexamplesIn(record)
    const shown = smallest?.sequence.map(({ what }) => what) ?? []
    expect(shown.at(-1)).toBe('genuine')
    expect(shown.slice(0, -1)).toEqual([stranger])
  })

  test('and knows no new key when it says that it does is told so', async () => {
    const slow = simulated(seeded('7').stream('target'), { flaw: 'jwks-never-refreshed' })
    const declares = { ...slow.facts.declares, propagationSeconds: { newKey: 2 } }
    const target = { ...slow, facts: { ...slow.facts, declares } }
    const { record } = await ask({ target, scenarios: [SCENARIO] })
    expect(obliging(record)).toEqual(['keys/new-key-refused'])
    expect(counterexamplesIn(record)[0]?.sequence).toMatchObject([
      { what: 'rotate' },
      { what: 'genuine', key: 'new' },
      { what: 'genuine', key: 'old' },
    ])
  })
})

test('a target whose keys nobody can change is not asked, and told why', async () => {
  const target = embedded(seeded('7').stream('target'), { inProcess: true })
  const { record } = await ask({ target, scenarios: [SCENARIO] })
  const [asked] = record.scenarios
  expect(asked?.verdict).toBe('unsupported')
  expect(asked?.because).toBe('needs the control keys, which the target does not offer')
  expect(record.generator.sent).toBe(0)
})

const GRANTED: RawAnswer = {
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: new TextEncoder().encode('{"access_token":"some-token","token_type":"Bearer"}'),
}

type Known = (truth: Readonly<Record<string, Json>>) => RawAnswer | null
type Send = (message: Message) => Promise<RawAnswer>

/** The simulated reference, asked only about what `known` gives no answer to. */
function answering(known: Known, through: (send: Send) => Send = (send) => send): Target {
  const right = simulated(seeded('7').stream('target'))
  return {
    ...right,
    async open(site) {
      const session = await right.open(site)
      return {
        ...session,
        async connect(node, principal) {
          const wire = await session.connect(node, principal)
          const send = through(async (message) => (await wire.send(message, site.signal)).raw)
          return site.wires.call(
            async (message) => known(truthOf(message)) ?? send(message),
            session.clock ?? undefined,
          )
        },
      }
    },
  }
}

function truthOf({ body }: Message): Readonly<Record<string, Json>> {
  const form = new URLSearchParams(new TextDecoder().decode(body))
  return JSON.parse(form.get('client_assertion') ?? '{}')
}

/** Refuses whoever sent something that was refused, once more. */
function lockingOut(send: Send): Send {
  let refused: RawAnswer | null = null
  return async (message) => {
    const before = refused
    refused = null
    if (before !== null) return before
    const raw = await send(message)
    if ('status' in raw && raw.status >= 400) refused = raw
    return raw
  }
}

interface Counterexample {
  readonly shownIn: string
  readonly sequence: readonly { readonly what: string; readonly key?: string }[]
}

function counterexamplesIn({ scenarios }: RunRecord): readonly Counterexample[] {
  return Object(scenarios.find(({ name }) => name === SCENARIO)?.conclusion).counterexamples
}
