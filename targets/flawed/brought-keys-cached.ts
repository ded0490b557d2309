import { compactVerify, importJWK } from 'jose'
import type { Json } from '../../harness/model/plan.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const broughtKeysCached: Flaw = {
  name: 'brought-keys-cached',
  title:
    'A key that a refused assertion brought along stays in the cache under the name it gave it',
  seenIn: 'caches of keys that are filled before anything is verified',
  caughtBy: ['signature/invalid-accepted'],
  // The right key is not looked for any more.
  may: ['replay/burned-by-forgery', 'refusal/valid-refused'],
  shows: 'in-properties',
  onlyLive: LIVES_IN_BYTES,
  apply(faultless) {
    const cached = new Map<string, Json>()
    return {
      ...faultless,
      async verify(text, header, signer, all) {
        const { kid, jwk } = header
        const known = typeof kid === 'string' ? cached.get(kid) : undefined
        if (typeof kid === 'string' && jwk !== undefined) cached.set(kid, jwk)
        return known === undefined
          ? faultless.verify(text, header, signer, all)
          : verifiesWith(text, known)
      },
    }
  },
}

async function verifiesWith(text: string, jwk: Json): Promise<boolean> {
  try {
    await compactVerify(text, await importJWK(Object(jwk), 'ES256'))
    return true
  } catch {
    return false
  }
}
