import { ecdsaVerifies, opened, utf8 } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const lenientJson: Flaw = {
  name: 'lenient-json',
  title:
    'Comments, stray commas, other quotation marks and whatever follows are passed over in JSON',
  seenIn: 'parsers that are made for configuration files',
  caughtBy: ['form/unreadable-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: { ...faultless.parser, open: async (text) => opened(text, tidied) },
    verify: async (text, header, signer, all) =>
      ecdsaVerifies(text, header, signer) || faultless.verify(text, header, signer, all),
  }),
}

function tidied(segment: string): string {
  const text = utf8(segment)
  const uncommented = text.replaceAll(/\/\*.*?\*\//g, '').replaceAll(/,(?=\s*\})/g, '')
  const quoted = uncommented.startsWith("{'") ? uncommented.replaceAll("'", '"') : uncommented
  return quoted.replace(/\}\}$/, '}')
}
