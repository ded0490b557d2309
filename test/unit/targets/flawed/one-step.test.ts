/** Flaws that one request shows: each differs from the faultless reference in the one thing it is named for. */
import { describe, expect, test } from 'vitest'
import { publicJwk, seededKey } from '../../../../harness/jwt/keys.ts'
import { mint, type MintedSource } from '../../../../harness/jwt/mint.ts'
import type { Defect, Json } from '../../../../harness/model/plan.ts'
import { seeded } from '../../../../harness/random.ts'
import { FLAWS } from '../../../../targets/flawed/index.ts'
import { FAULTLESS, type Behaviour } from '../../../../targets/reference/behaviour.ts'
import { rulesFor } from '../../../../targets/reference/decide.ts'
import { readAssertion, signersOf } from '../../../../targets/reference/verify.ts'

const ISSUER = 'https://as.example'
const NOW_SECONDS = 1_700_000_000
const USAGE = 'client-authentication'
const KEYS = {
  one: seededKey('ES256', 'one-1', seeded('one')),
  two: seededKey('ES256', 'two-1', seeded('two')),
}
const signers = await signersOf(
  Object.entries(KEYS).map(([id, jwk]) => ({
    id,
    subject: id,
    usage: USAGE,
    keys: [{ kid: `${id}-1`, algorithm: 'ES256', jwk: publicJwk(jwk) }],
  })),
)

interface Stimulus {
  readonly claims?: Readonly<Record<string, Json>>
  readonly header?: Readonly<Record<string, Json>>
  readonly signer?: 'one' | 'two'
  readonly defect?: Defect
}

/** Each flaw with what it lets pass, or refuses, otherwise than the faultless. */
const SHOWN: Readonly<
  Record<string, { readonly wrongly: boolean; readonly by: readonly Stimulus[] }>
> = {
  'leeway-wrong-way': { wrongly: false, by: [{ claims: { exp: { $now: 8 } } }] },
  'nbf-ignored': { wrongly: true, by: [{ claims: { nbf: { $now: 50 } } }] },
  'iat-strict': { wrongly: false, by: [{ claims: { iat: { $now: 5 } } }] },
  'aud-any-of-array': {
    wrongly: true,
    by: [{ claims: { aud: ['https://else.example', ISSUER] } }],
  },
  'algorithm-from-header': {
    wrongly: true,
    by: [
      { defect: { kind: 'algorithm-none', spelling: 'nOnE' } },
      { header: { alg: 'HS256' }, defect: { kind: 'public-key-as-secret', form: 'pem' } },
    ],
  },
  'key-not-bound-to-issuer': { wrongly: true, by: [{ signer: 'two', header: { kid: 'two-1' } }] },
  'embedded-key-trusted': {
    wrongly: true,
    by: [{ defect: { kind: 'attacker-key', embed: 'jwk' } }],
  },
  'crit-ignored': {
    wrongly: true,
    by: [{ header: { crit: ['x'], x: 1 }, defect: { kind: 'crit-unknown' } }],
  },
}

const RIGHT: readonly Stimulus[] = [{}, { header: { kid: 'one-1', typ: 'JWT' } }]
const WRONG: readonly Stimulus[] = [
  { defect: { kind: 'signature-bit' } },
  { claims: { exp: { $now: -60 } } },
  { claims: { aud: 'https://else.example' } },
  { claims: { sub: 'two' } },
]

test('the faultless takes what is right and nothing of the rest', async () => {
  for (const each of RIGHT) expect(await takes(FAULTLESS, each)).toBe(true)
  for (const each of WRONG) expect(await takes(FAULTLESS, each)).toBe(false)
})

describe.each(Object.entries(SHOWN))('%s', (name, { wrongly, by }) => {
  const flawed =
    FLAWS.find((flaw) => flaw.name === name)?.apply(FAULTLESS, () => NOW_SECONDS * 1000) ??
    FAULTLESS

  test('shows in what it is named for', async () => {
    for (const each of by) {
      expect(await takes(FAULTLESS, each)).toBe(!wrongly)
      expect(await takes(flawed, each)).toBe(wrongly)
    }
  })

  test('is otherwise as the faultless', async () => {
    for (const each of RIGHT) expect(await takes(flawed, each)).toBe(true)
    for (const each of WRONG) expect(await takes(flawed, each)).toBe(false)
    const others = Object.entries(SHOWN).filter(([other]) => other !== name)
    for (const each of others.flatMap(([, shown]) => shown.by)) {
      expect(await takes(flawed, each), JSON.stringify(each)).toBe(await takes(FAULTLESS, each))
    }
  })
})

async function takes(behaviour: Behaviour, stimulus: Stimulus): Promise<boolean> {
  const { claims = {}, header = {}, signer = 'one', defect = null } = stimulus
  const source: MintedSource = {
    kind: 'minted',
    usage: USAGE,
    signer,
    header: { alg: 'ES256', ...header },
    claims: {
      iss: 'one',
      sub: 'one',
      aud: ISSUER,
      jti: 'j',
      iat: { $now: 0 },
      exp: { $now: 60 },
      ...claims,
    },
    defect,
    last: true,
  }
  const owners = { one: 'one', two: 'two' }
  const { text } = mint(source, NOW_SECONDS * 1e6, { keys: KEYS, owners, runId: '' })
  const read = await readAssertion({ text, usage: USAGE }, signers, behaviour)
  const rules = behaviour.rules({ ...rulesFor(USAGE, [ISSUER]), names: behaviour.names }, USAGE)
  return behaviour.decide(read.assertion, read.party, rules, NOW_SECONDS).kind !== 'refuse'
}
