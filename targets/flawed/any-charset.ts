import { ecdsaVerifies, isCompact, opened } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const anyCharset: Flaw = {
  name: 'any-charset',
  title: 'Header and claims are read in whatever encoding they seem to be in',
  seenIn: 'runtimes that guess',
  caughtBy: ['form/unreadable-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: { ...faultless.parser, open: async (text) => opened(text, guessed) },
    verify: async (text, header, signer, all) =>
      ecdsaVerifies(text, header, signer) || faultless.verify(text, header, signer, all),
  }),
}

function guessed(segment: string): string {
  if (!isCompact(segment)) return ''
  const octets = Buffer.from(segment, 'base64url')
  const text = octets.includes(0) ? octets.toString('utf16le') : octets.toString()
  return text.replace(/^\u{feff}/u, '')
}
