import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const signatureUnchecked: Flaw = {
  name: 'signature-unchecked',
  title: 'Claims are looked at and the signature is not',
  seenIn: 'libraries whose shortest function decodes and does not verify',
  caughtBy: [
    'signature/invalid-accepted',
    'signature/foreign-key-accepted',
    'signature/embedded-key-accepted',
  ],
  may: [
    'form/critical-extension-ignored',
    'form/other-type-accepted',
    'form/lenient-encoding-accepted',
    'algorithm/not-allowed-accepted',
    'signature/lenient-parameters',
    'identity/bad-client-ignored',
    'identity/foreign-issuer-accepted',
    'introspection/unauthenticated',
    'introspection/inactive-told-active',
    'replay/burned-by-forgery',
  ],
  shows: 'in-checks',
  strict: true,
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({ ...faultless, verify: async () => true }),
}
