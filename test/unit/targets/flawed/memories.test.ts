/** Flaws in what a node remembers, and by what: each differs from the faultless in the one thing it is named for. */
import { describe, expect, test } from 'vitest'
import { FLAWS } from '../../../../targets/flawed/index.ts'
import { admission } from '../../../../targets/reference/admission.ts'
import type { Asking, Said } from '../../../../targets/reference/asking.ts'
import { FAULTLESS, type Behaviour } from '../../../../targets/reference/behaviour.ts'
import type { Assertion, Party } from '../../../../targets/reference/decide.ts'
import { replayMemory, saidTo } from '../../../../targets/reference/memory.ts'

const AUDIENCE = 'https://as.example'
const START_SECONDS = 1_700_000_000

/** One node, whose store and clock do as the test says. */
function nodeOf(behave: (nowMs: () => number) => Behaviour) {
  const memory = replayMemory()
  let nowSeconds = START_SECONDS
  let requests = 0
  const nowMs = (): number => nowSeconds * 1000
  const admit = admission({ audiences: () => [AUDIENCE], behaviour: behave(nowMs), nowMs })
  const node = {
    storeAnswers: true,
    passes: (seconds: number) => void (nowSeconds += seconds),
    /** What comes of an assertion of `client` that is right but for what is changed. */
    sees(some: Partial<Assertion> = {}): string {
      const assertion = { ...right(), ...some }
      const party: Party = {
        id: assertion.issuer ?? '',
        subject: assertion.subject ?? '',
        usage: assertion.usage,
        algorithms: ['ES256'],
      }
      return answered(admit(assertion, party)).kind
    },
  }
  const answered = <T>(asking: Asking<T>): T => {
    let step = asking.next()
    while (step.done !== true) {
      const asked = { ...step.value, requestId: String(requests++) }
      const said: Said = node.storeAnswers ? saidTo(asked, memory, nowMs()) : 'unavailable'
      step = asking.next(said)
    }
    return step.value
  }
  const right = (): Assertion => ({
    usage: 'client-authentication',
    issuer: 'client',
    subject: 'client',
    audience: AUDIENCE,
    expSeconds: START_SECONDS + 300,
    nbfSeconds: null,
    iatSeconds: START_SECONDS,
    jti: 'one',
    algorithm: 'ES256',
    verified: true,
    malformed: [],
    text: 'bytes',
  })
  return node
}

type Node = ReturnType<typeof nodeOf>

/** What a node makes of situations, each of a node of its own. */
const SITUATIONS: Readonly<Record<string, (node: Node) => string>> = {
  again: (node) => (node.sees(), node.sees()),
  'again after 61 s': (node) => (node.sees(), node.passes(61), node.sees()),
  'again without jti': (node) => (node.sees({ jti: null }), node.sees({ jti: null })),
  'of another issuer': (node) => (
    node.sees(),
    node.sees({ issuer: 'client2', subject: 'client2' })
  ),
  'of an issuer that ends where the jti begins': (node) => (
    node.sees({ jti: '2X' }),
    node.sees({ issuer: 'client2', subject: 'client2', jti: 'X' })
  ),
  'of an issuer that goes on with a dash': (node) => (
    node.sees({ jti: '2-X' }),
    node.sees({ issuer: 'client-2', subject: 'client-2', jti: 'X' })
  ),
  'again in other bytes': (node) => (node.sees(), node.sees({ text: 'other bytes' })),
  'in other letters': (node) => (node.sees({ jti: 'aB' }), node.sees({ jti: 'Ab' })),
  'after one for somebody else': (node) => (
    node.sees({ audience: 'https://b.example' }),
    node.sees()
  ),
  'after a forged one': (node) => (node.sees({ verified: false }), node.sees()),
  'while the store is away': (node) => ((node.storeAnswers = false), node.sees()),
  'again while the store is away': (node) => (
    (node.storeAnswers = false),
    node.sees(),
    node.sees()
  ),
  'used before, while the store is away': (node) => (
    node.sees(),
    (node.storeAnswers = false),
    node.sees()
  ),
}

const RIGHT: Readonly<Record<string, string>> = {
  again: 'refuse',
  'again after 61 s': 'refuse',
  'again without jti': 'refuse',
  'of another issuer': 'accept',
  'of an issuer that ends where the jti begins': 'accept',
  'of an issuer that goes on with a dash': 'accept',
  'again in other bytes': 'refuse',
  'in other letters': 'accept',
  'after one for somebody else': 'accept',
  'after a forged one': 'accept',
  'while the store is away': 'unavailable',
  'again while the store is away': 'unavailable',
  'used before, while the store is away': 'unavailable',
}

const FLAWED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-replay-check': {
    again: 'accept',
    'again after 61 s': 'accept',
    'again in other bytes': 'accept',
    'while the store is away': 'accept',
    'again while the store is away': 'accept',
    'used before, while the store is away': 'accept',
  },
  'replay-check-only-with-jti': { 'again without jti': 'accept' },
  'partition-falls-back-to-local': {
    'while the store is away': 'accept',
    'again while the store is away': 'refuse',
    'used before, while the store is away': 'accept',
  },
  'fails-open': {
    'while the store is away': 'accept',
    'again while the store is away': 'accept',
    'used before, while the store is away': 'accept',
  },
  'fails-closed-as-client-error': {
    'while the store is away': 'refuse',
    'again while the store is away': 'refuse',
    'used before, while the store is away': 'refuse',
  },
  'forgets-after-a-minute': { 'again after 61 s': 'accept' },
  'burns-before-signature': { 'after a forged one': 'refuse' },
  'burns-before-audience': { 'after one for somebody else': 'refuse' },
  'jti-case-folded': { 'in other letters': 'refuse' },
  'key-without-delimiter': { 'of an issuer that ends where the jti begins': 'refuse' },
  'key-with-plain-delimiter': { 'of an issuer that goes on with a dash': 'refuse' },
  'key-is-jti-alone': { 'of another issuer': 'refuse' },
  'key-is-token-bytes': {
    'again in other bytes': 'accept',
    // The test gives all of these the same bytes, where real ones differ.
    'of another issuer': 'refuse',
    'of an issuer that ends where the jti begins': 'refuse',
    'of an issuer that goes on with a dash': 'refuse',
    'in other letters': 'refuse',
  },
}

function seenBy(behave: (nowMs: () => number) => Behaviour): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(SITUATIONS).map(([name, act]) => [name, act(nodeOf(behave))]),
  )
}

test('the faultless remembers what it must, by what it must', () => {
  expect(seenBy(() => FAULTLESS)).toEqual(RIGHT)
})

describe.each(Object.entries(FLAWED))('%s', (name, differently) => {
  const flaw = FLAWS.find((each) => each.name === name)

  test('differs from the faultless in what it is named for, and in nothing else', () => {
    expect(seenBy((nowMs) => flaw?.apply(FAULTLESS, nowMs) ?? FAULTLESS)).toEqual({
      ...RIGHT,
      ...differently,
    })
  })
})
