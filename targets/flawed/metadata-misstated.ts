import { isObject } from '../reference/verify.ts'
import type { Flaw } from './flaw.ts'

export const metadataMisstated: Flaw = {
  name: 'metadata-misstated',
  title: 'The published metadata offers algorithms and methods that are not those of the server',
  seenIn: 'metadata that was written by hand and forgotten',
  caughtBy: ['metadata/algorithms-misstated'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    publish: (metadata) =>
      isObject(metadata)
        ? {
            ...metadata,
            token_endpoint_auth_signing_alg_values_supported: ['none'],
            token_endpoint_auth_methods_supported: ['client_secret_jwt'],
            authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'],
            grant_types_supported: ['client_credentials'],
          }
        : metadata,
  }),
}
