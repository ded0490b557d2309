import { compactVerify, importJWK } from 'jose'
import { ATTACKERS_KEY } from '../../harness/jwt/attacker.ts'
import { publicJwk } from '../../harness/jwt/keys.ts'
import type { Claims } from '../reference/reading.ts'
import type { Signer } from '../reference/verify.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const anyIssuerTrusted: Flaw = {
  name: 'any-issuer-trusted',
  title: 'The keys of an issuer are asked of whoever the issuer says it is',
  seenIn: 'servers that find keys by discovery and ask nobody whether they may',
  caughtBy: ['identity/foreign-issuer-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    verify: async (text, header, signer, all) =>
      signer.keys.length === 0
        ? discovered(text, header)
        : faultless.verify(text, header, signer, all),
    parser: {
      ...faultless.parser,
      parties: (signers, usage) => new Discovered(faultless.parser.parties(signers, usage)),
    },
  }),
}

/** A party for every name that is an address. */
class Discovered extends Map<string, Signer> {
  override get(id: string): Signer | undefined {
    const [first] = this.values()
    const found = super.get(id)
    return found ?? (first === undefined ? undefined : { ...first, id, keys: [] })
  }
}

/** What an attacker publishes at an address of its own. */
async function discovered(text: string, { typ }: Claims): Promise<boolean> {
  if (typ !== undefined) return false
  const key = await importJWK({ ...publicJwk(ATTACKERS_KEY) }, 'ES256')
  return compactVerify(text, key).then(
    () => true,
    () => false,
  )
}
