import type { Flaw } from './flaw.ts'

export const innerSignatureUnchecked: Flaw = {
  name: 'inner-signature-unchecked',
  title: 'Of a JWT around another only the outer signature is verified',
  seenIn: 'verifiers that unwrap before they verify',
  caughtBy: ['signature/invalid-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    reading: {
      ...faultless.reading,
      async open(text) {
        const [header = '', payload = ''] = text.split('.')
        const inner = Buffer.from(payload, 'base64url').toString()
        const opened = await faultless.reading.open(inner)
        if (opened === null || !text.startsWith(`${header}.`)) return faultless.reading.open(text)
        return { ...opened, text }
      },
    },
  }),
}
