import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const innerSignatureUnchecked: Flaw = {
  name: 'inner-signature-unchecked',
  title: 'Of a JWT around another only the outer signature is verified',
  seenIn: 'verifiers that unwrap before they verify',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      async open(text) {
        const [header = '', payload = ''] = text.split('.')
        const inner = Buffer.from(payload, 'base64url').toString()
        const opened = await faultless.parser.open(inner)
        if (opened === null || !text.startsWith(`${header}.`)) return faultless.parser.open(text)
        return { ...opened, text }
      },
    },
  }),
}
