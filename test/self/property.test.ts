/** Goal: properties accuse nobody who is right, and of who is wrong they keep the smallest counterexample. */
import { describe, expect, test } from 'vitest'
import { judge } from '../../api/index.ts'
import { machineClock } from '../../harness/clock.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import type { Message, RawAnswer, Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { embedded } from '../../targets/embedded.ts'
import { joseVerifier } from '../../targets/jose.ts'
import { ask, obliging } from './ask.ts'

const PROPERTY = 'property-assertions'

describe.each(['property-assertions', 'property-combinations', 'property-sequences'])(
  '%s',
  (name) => {
    const takesAssertions = ['embedded', 'simulated:reference']
    const targets = name === 'property-sequences' ? takesAssertions : [...takesAssertions, 'jose']

    test.each(targets)('conforms on %s', async (target) => {
      const { record } = await ask({ target, scenarios: [name] })
      expect(record.findings).toEqual([])
      expect(record.verdict).toBe('conforms')
      expect(counterexamplesIn(record, name)).toEqual([])
    })

    test.each(['1'])('conforms with many more cases, seed %s', async (seed) => {
      const target = 'simulated:reference'
      const { record } = await ask({ target, scenarios: [name], seed, propertyRuns: 100 })
      expect(record.findings).toEqual([])
      expect(record.verdict).toBe('conforms')
    })
  },
)

describe('property-assertions', () => {
  test('keeps of a verifier that believes alg none just that, in record, history and witness', async () => {
    const { record, folder } = await ask({ target: BELIEVES_NONE, scenarios: [PROPERTY] })
    expect(record.exitCode).toBe(1)
    const [smallest, ...others] = counterexamplesIn(record)
    expect(others).toEqual([])
    expect(smallest).toMatchObject({
      statement: 'unsigned-v',
      defect: { kind: 'algorithm-none' },
      shownIn: expect.stringMatching(/^(\d+) of \1$/),
    })
    expect(Object.keys(Object(smallest?.claims))).toEqual(CONTROL_CLAIMS)
    const [finding, ...further] = record.findings
    expect(further).toEqual([])
    expect(finding?.id).toBe('signature/invalid-accepted')
    expect(finding?.witness[0]?.caseId).toBe(smallest?.caseId)
    expect(finding?.witness[0]?.sent).toContain('algorithm-none')
    // What was asked for because of earlier answers is no fair draw.
    const far = record.rates.find(({ metric }) => metric === 'far')
    expect(far?.trials).toBeLessThanOrEqual(12)
    expect(record.generator.sent).toBeGreaterThan(30)
    const again = await judge(`${folder}/history.ndjson.gz`, [])
    expect(again.findings).toEqual(record.findings)
    expect(again.scenarios).toEqual(record.scenarios)
  })

  test('keeps of a verifier that chokes on other letters than ours one claim with one such letter', async () => {
    const { record } = await ask({ target: CHOKES, scenarios: [PROPERTY] })
    expect(record.findings.map(({ id }) => id)).toEqual(['refusal/valid-refused'])
    const [smallest] = counterexamplesIn(record)
    expect(smallest).toMatchObject({ statement: 'well-signed-v', defect: null })
    const unknown = Object.entries(Object(smallest?.claims)).slice(CONTROL_CLAIMS.length)
    expect(unknown).toHaveLength(1)
    expect(JSON.stringify(unknown[0])).toMatch(/^[\x20-\x7e]*[^\x20-\x7e]+[\x20-\x7e]*$/)
  })
})

describe('property-sequences', () => {
  // The second takes half a minute, so that `npm run matrix` asks it.
  const [quick, slow] = [
    ['no-replay-check', ['genuine', 'genuine'], 'replay/accepted-sequentially'],
    ['key-is-jti-alone', ['namesake', 'genuine'], 'replay/refused-first-use'],
  ] as const
  test.each(process.env['CUPEL_MATRIX'] === 'full' ? [quick, slow] : [quick])(
    'keeps of %s just %s',
    async (flaw, sequence, finding) => {
      const target = embedded(seeded('7').stream('target'), { inProcess: true, flaw })
      const scenario = 'property-sequences'
      const { record } = await ask({ target, scenarios: [scenario], propertyRuns: 25 })
      expect(record.exitCode).toBe(1)
      expect(record.findings.map(({ id }) => id)).toContain(finding)
      const smallest = counterexamplesIn(record, scenario)
      expect(smallest.length).toBeGreaterThan(0)
      for (const each of smallest) {
        expect(each.sequence.map(({ what }) => what)).toEqual(sequence)
        expect(each.sequence.map(({ waitMs }) => waitMs)).toEqual(sequence.map(() => 0))
      }
    },
  )

  // Whoever locks a party out after one failure refuses what comes right after it, too: what is accepted between tells.
  test('keeps of who lets a forgery spend an identifier the forgery, another assertion, and the one', async () => {
    const flaw = 'burns-before-signature'
    const scenario = 'property-sequences'
    const target = embedded(seeded('7').stream('target'), { inProcess: true, flaw })
    const { record } = await ask({ target, scenarios: [scenario] })
    expect(obliging(record)).toEqual(['replay/burned-by-forgery'])
    const smallest = counterexamplesIn(record, scenario)
    expect(smallest.length).toBeGreaterThan(0)
    for (const { sequence } of smallest) {
      const [poison, between, last] = sequence
      expect(sequence).toHaveLength(3)
      expect([poison?.what, between?.what, last?.what]).toEqual(['forged', 'genuine', 'genuine'])
      expect([poison?.of, between?.of, last?.of]).toEqual([0, 1, 0])
    }
  })

  test('must not hold against a server that it locks a party out after a failure', async () => {
    const target = lockingOut(embedded(seeded('7').stream('target'), { inProcess: true }))
    const { record } = await ask({ target, scenarios: ['property-sequences'] })
    expect(obliging(record)).toEqual([])
  })
})

describe('what only drawn requests show', () => {
  test.each<readonly [flaw: string, scenario: string, finding: string, smallest: object]>([
    ['parameters-in-order', 'combinations', 'refusal/valid-refused', { moved: [1, 2, 3] }],
    ['capital-digits-only', 'combinations', 'refusal/valid-refused', { escaped: 'small' }],
    [
      'shallow-reader',
      'assertions',
      'robustness/server-error',
      { defect: { kind: 'junk' }, shownIn: expect.stringMatching(/^(\d+) of \1$/) },
    ],
  ])('keeps of %s what shows it', async (flaw, property, finding, shown) => {
    const scenario = `property-${property}`
    const target = embedded(seeded('7').stream('target'), { inProcess: true, flaw })
    const { record } = await ask({ target, scenarios: [scenario], propertyRuns: 25 })
    expect(obliging(record)).toEqual([finding])
    const smallest = counterexamplesIn(record, scenario)
    expect(smallest.length).toBeGreaterThan(0)
    for (const each of smallest) {
      expect(each).toMatchObject(shown)
      // It is data under the id of a case, which can be asked again.
      expect(each.caseId).toMatch(new RegExp(`^${scenario}/`))
    }
  })
})

describe('property-combinations', () => {
  test('keeps of a verifier that overlooks an algorithm written in escapes just these', async () => {
    const scenario = 'property-combinations'
    const { record } = await ask({ target: MISREADS, scenarios: [scenario] })
    expect(record.findings.map(({ id }) => id)).toEqual(['signature/invalid-accepted'])
    const [smallest, ...others] = counterexamplesIn(record, scenario)
    expect(others).toEqual([])
    expect(smallest).toMatchObject({ escapes: 'names', defect: { kind: 'signature-bit' } })
    expect(Object.keys(Object(smallest?.claims))).toEqual(CONTROL_CLAIMS)
  })
})

const CONTROL_CLAIMS = ['iss', 'sub', 'aud', 'jti', 'iat', 'exp', 'client_id']

const OK: RawAnswer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode('{}'),
}
const REFUSED: RawAnswer = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  body: new Uint8Array(),
}

const BELIEVES_NONE = verifier('believes-none', ({ header }) =>
  header.includes('"none"') ? OK : null,
)
const CHOKES = verifier('chokes', ({ payload }) =>
  /[^\x20-\x7e\s]/.test(payload) ? REFUSED : null,
)

/** Believes whoever signed it, as long as it looks for the algorithm where an escape hides it. */
const MISREADS = verifier('misreads', ({ header, payload }) => {
  const { exp, aud } = JSON.parse(payload)
  const isRight =
    exp * 1e6 > machineClock().nowUs() && [aud].flat().every((each) => /resource/.test(each))
  return !header.includes('"alg"') && isRight ? OK : null
})

/** The jose verifier, asked only about what `first` gives no answer to. */
function verifier(
  name: string,
  first: (token: { readonly header: string; readonly payload: string }) => RawAnswer | null,
): Target {
  const right = joseVerifier(seeded(name))
  return {
    ...right,
    facts: { ...right.facts, name },
    async open(site) {
      const session = await right.open(site)
      return {
        ...session,
        async connect(node, principal) {
          const wire = await session.connect(node, principal)
          return site.wires.call(async (message) => {
            const known = first(tokenIn(message))
            return known ?? (await wire.send(message, site.signal)).raw
          })
        },
      }
    },
  }
}

function tokenIn({ headers }: Message): { readonly header: string; readonly payload: string } {
  const [header = '', payload = ''] = (headers['authorization'] ?? '')
    .replace(/^Bearer /, '')
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
  return { header, payload }
}

/** Refuses whoever sent something that was refused, once more. */
function lockingOut(right: Target): Target {
  return {
    ...right,
    async open(site) {
      const session = await right.open(site)
      return {
        ...session,
        async connect(node, principal) {
          const wire = await session.connect(node, principal)
          let refused: RawAnswer | null = null
          return site.wires.call(async (message) => {
            const before = refused
            refused = null
            if (before !== null) return before
            const { raw } = await wire.send(message, site.signal)
            if ('status' in raw && raw.status >= 400) refused = raw
            return raw
          })
        },
      }
    },
  }
}

interface Counterexample {
  readonly statement: Json
  readonly caseId: Json
  readonly claims: Json
  readonly defect: Json
  readonly shownIn: Json
  readonly sequence: readonly { readonly what: Json; readonly of: Json; readonly waitMs: Json }[]
}

function counterexamplesIn(
  { scenarios }: RunRecord,
  property = PROPERTY,
): readonly Counterexample[] {
  const conclusion = Object(scenarios.find(({ name }) => name === property)?.conclusion)
  return conclusion.counterexamples
}
