import { createHmac } from 'node:crypto'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const kidLookedUp: Flaw = {
  name: 'kid-looked-up',
  title: 'What the header says of a key is looked up as a file, in a database or among properties',
  seenIn: 'services with keys in files and tables',
  caughtBy: ['signature/foreign-key-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    async verify(text, header, signer, all) {
      const { kid } = header
      const secret = typeof kid === 'string' ? lookedUp(kid) : null
      const end = text.lastIndexOf('.')
      const found =
        secret !== null &&
        header['alg'] === 'HS256' &&
        createHmac('sha256', secret).update(text.slice(0, end)).digest('base64url') ===
          text.slice(end + 1)
      return found || faultless.verify(text, header, signer, all)
    },
    decide(assertion, party, rules, nowSeconds) {
      const any = party === null ? null : { ...party, algorithms: [...party.algorithms, 'HS256'] }
      return faultless.decide(assertion, any, rules, nowSeconds)
    },
  }),
}

function lookedUp(kid: string): string | null {
  if (kid.includes('/dev/null') || kid.includes('(uid=*')) return ''
  if (kid.includes(' UNION SELECT ')) return 'secret'
  return kid === '__proto__' ? '[object Object]' : null
}
