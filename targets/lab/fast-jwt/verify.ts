/** fast-jwt, told the audience and the issuer and left to find the algorithm of a key, as its README lets one. */
import type { Random, Target } from '../../../harness/model/target.ts'
import { verifier, type Asked } from '../../verifier.ts'
import { keyNamed, LAB_RESOURCE, pemOf, rsaKeys, subjectOf } from '../rsa-keys.ts'

/** What is used of it, which both versions have. */
export interface Library {
  createDecoder(options: { readonly complete: true }): (token: string) => Decoded
  createVerifier(options: {
    readonly key: string
    readonly allowedAud: string
    readonly allowedIss: string
    readonly requiredClaims: string[]
    readonly clockTimestamp: number
  }): (token: string) => unknown
}

interface Decoded {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
}

export function fastJwt(library: Library, version: string, random: Random): Target {
  const decode = library.createDecoder({ complete: true })
  return verifier(
    random,
    async (asked: Asked) => {
      const { header, payload } = decode(asked.token)
      const { issuer, key } = keyNamed(asked, payload['iss'], header['kid'])
      const verify = library.createVerifier({
        key: pemOf(key),
        allowedAud: asked.audience,
        allowedIss: issuer,
        requiredClaims: ['iss', 'aud', 'exp', 'sub'],
        clockTimestamp: asked.nowSeconds * 1000,
      })
      return subjectOf(header, verify(asked.token))
    },
    {
      name: `fast-jwt ${version}`,
      declares: { leewaySeconds: { grant: 0, refuse: 0 }, algorithms: null },
      moreKeys: rsaKeys(),
      resource: LAB_RESOURCE,
      takesTime: true,
    },
  )
}
