import type { Signer } from '../reference/verify.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const keyIsEnough: Flaw = {
  name: 'key-is-enough',
  title: 'Whoever signs with a key that is known may call itself what it likes',
  seenIn: 'servers that look at a key and not at whose it is',
  caughtBy: ['identity/foreign-issuer-accepted', 'identity/unknown-subject-accepted'],
  may: [
    'identity/issuer-normalised',
    'identity/other-usage-accepted',
    'claims/first-duplicate-taken',
    'signature/foreign-key-accepted',
    'algorithm/not-allowed-accepted',
  ],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      parties: (signers, usage) => new Anybody(faultless.parser.parties(signers, usage)),
    },
    decide: (assertion, party, rules, nowSeconds) =>
      faultless.decide(
        { ...assertion, subject: assertion.subject === null ? null : (party?.subject ?? null) },
        party,
        rules,
        nowSeconds,
      ),
  }),
}

/** Of a name that nobody has: a party with the keys of all. */
class Anybody extends Map<string, Signer> {
  override get(id: string): Signer | undefined {
    const known = super.get(id)
    const [first] = this.values()
    if (known !== undefined || first === undefined) return known
    const keys = [...this.values()].flatMap((each) => each.keys)
    return { ...first, id, keys, algorithms: keys.map(({ algorithm }) => algorithm) }
  }
}
