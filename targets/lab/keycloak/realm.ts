/** A realm of Keycloak with the clients and issuers that Cupel registers, in the form of Keycloak's own imports. */

/** What Cupel writes for `{clients}` (docs/targets.md). */
export interface Registration {
  readonly clients: readonly { readonly client_id: string; readonly jwks: Jwks }[]
  readonly issuers: readonly Issuer[]
}

interface Issuer {
  readonly issuer: string
  readonly subject: string
  readonly jwks: Jwks
}

interface Jwks {
  readonly keys: readonly object[]
}

/** Between the values of an attribute that has several (Constants.CFG_DELIMITER). */
const DELIMITER = '##'

export function realm({ clients, issuers }: Registration): object {
  return {
    realm: 'cupel',
    enabled: true,
    sslRequired: 'none',
    clients: clients.map(({ client_id, jwks }) => ({
      clientId: client_id,
      enabled: true,
      protocol: 'openid-connect',
      publicClient: false,
      standardFlowEnabled: false,
      serviceAccountsEnabled: true,
      clientAuthenticatorType: 'client-jwt',
      attributes: {
        'use.jwks.string': 'true',
        'jwks.string': JSON.stringify(forSignatures(jwks)),
        'token.endpoint.auth.signing.alg': 'ES256',
        'oauth2.jwt.authorization.grant.enabled': 'true',
        'oauth2.jwt.authorization.grant.idp': issuers.map(aliasOf).join(DELIMITER),
      },
    })),
    identityProviders: issuers.map((issuer) => ({
      alias: aliasOf(issuer),
      providerId: 'jwt-authorization-grant',
      enabled: true,
      config: {
        issuer: issuer.issuer,
        jwtAuthorizationGrantEnabled: 'true',
        jwtAuthorizationGrantAssertionSignatureAlg: 'ES256',
        // A text that begins as an object is read as a JWK Set (PublicKeyStorageManager).
        publicKeySignatureVerifier: JSON.stringify(forSignatures(issuer.jwks)),
      },
    })),
    users: [...new Set(issuers.map(({ subject }) => subject))].map((subject) => ({
      username: subject,
      enabled: true,
      email: `${subject}@cupel.example`,
      emailVerified: true,
      firstName: subject,
      lastName: subject,
      federatedIdentities: issuers
        .filter((issuer) => issuer.subject === subject)
        .map((issuer) => ({
          identityProvider: aliasOf(issuer),
          userId: subject,
          userName: subject,
        })),
    })),
  }
}

/** Aliases stand in paths of addresses. */
function aliasOf({ issuer }: Issuer): string {
  return new URL(issuer).hostname.replaceAll('.', '-')
}

/** A key that does not say what it is for is not found (JWKSUtils). */
function forSignatures({ keys }: Jwks): Jwks {
  return { keys: keys.map((key) => ({ ...key, use: 'sig' })) }
}
