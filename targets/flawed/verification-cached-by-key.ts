import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const verificationCachedByKey: Flaw = {
  name: 'verification-cached-by-key',
  title: 'Once a signature of a key has verified, the next ones under its name are not looked at',
  seenIn: 'verifiers that remember too much, to be fast',
  caughtBy: ['signature/invalid-accepted', 'signature/foreign-key-accepted'],
  may: [
    'signature/embedded-key-accepted',
    'signature/lenient-parameters',
    'form/lenient-encoding-accepted',
    'identity/bad-client-ignored',
    'introspection/unauthenticated',
    'introspection/inactive-told-active',
    'algorithm/none-accepted',
  ],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => {
    const known = new Set<string>()
    return {
      ...faultless,
      async verify(text, header, signer, all) {
        const key = JSON.stringify([signer.id, header['kid'], header['alg']])
        if (known.has(key) && header['crit'] === undefined) return true
        const verified = await faultless.verify(text, header, signer, all)
        if (verified) known.add(key)
        return verified
      },
    }
  },
}
