/** RFC 8725 section 2: threats that have been seen. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused } from '../draft.ts'

const confusion: Check = {
  id: 'rfc8725/2.1/rs-hs-confusion',
  title: 'A public key is not taken for a secret',
  section: 'RFC 8725 §2.1, §3.1',
  level: 'must',
  requirement:
    'The algorithm belongs to the key and not to the header: whoever knows a public key must not be able to make a MAC with it.',
  usages: ALL,
  finding: 'algorithm/public-key-as-secret',
  cases: [
    keyedWith('pem', 'the public key in PEM'),
    keyedWith('pem-without-newline', 'the public key in PEM without its last line break'),
    keyedWith('pem-on-one-line', 'the body of the public key’s PEM alone'),
    keyedWith('der', 'the public key in DER'),
    keyedWith('jwk-text', 'the public key’s JWK'),
    keyedWith('registered-jwk-text', 'the public key’s JWK as it is registered'),
    keyedWith('first-member', 'a coordinate of the public key'),
    keyedWithRsa('pem', 'the RSA public key in PEM'),
    keyedWithRsa('pem-of-rsa', 'the RSA public key in the PEM that RFC 8017 has for it'),
  ],
}

export const section2: readonly Check[] = [confusion]

function keyedWith(form: string, what: string) {
  return refused(
    form,
    { header: { alg: 'HS256' }, defect: { kind: 'public-key-as-secret', form } },
    `its MAC was made with ${what}`,
  )
}

function keyedWithRsa(form: string, what: string) {
  return refused(
    `rsa-${form}`,
    {
      algorithm: 'RS256',
      header: { alg: 'HS256' },
      defect: { kind: 'public-key-as-secret', form },
    },
    `its MAC was made with ${what}`,
  )
}
