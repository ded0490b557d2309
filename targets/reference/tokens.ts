/** Access tokens of the reference: signed JWTs of the type at+jwt (RFC 9068), under a key that all nodes share. */
import { randomUUID } from 'node:crypto'
import { SignJWT, importJWK } from 'jose'
import type { Json } from '../../harness/model/plan.ts'
import type { NodeConfig } from './config.ts'

/** How long an access token lives, in seconds. */
const TOKEN_SECONDS = 300

export interface TokenMaker {
  issue(subject: string, clientId: string | null): Promise<Json>
}

export async function tokenMaker(
  config: Pick<NodeConfig, 'issuer' | 'resource' | 'tokenKey'>,
): Promise<TokenMaker> {
  const { kid, algorithm, jwk } = config.tokenKey.private
  const key = await importJWK({ ...jwk }, algorithm)
  return {
    async issue(subject, clientId) {
      const nowSeconds = Math.floor(Date.now() / 1000)
      const token = await new SignJWT({ client_id: clientId ?? subject })
        .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid })
        .setIssuer(config.issuer)
        .setSubject(subject)
        .setAudience(config.resource)
        .setJti(randomUUID())
        .setIssuedAt(nowSeconds)
        .setExpirationTime(nowSeconds + TOKEN_SECONDS)
        .sign(key)
      return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS }
    },
  }
}
