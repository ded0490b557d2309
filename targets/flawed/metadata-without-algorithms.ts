import { isObject } from '../reference/verify.ts'
import type { Flaw } from './flaw.ts'

export const metadataWithoutAlgorithms: Flaw = {
  name: 'metadata-without-algorithms',
  title: 'The published metadata offers assertions and no algorithms',
  seenIn: 'metadata from before assertions were taken',
  caughtBy: ['metadata/algorithms-misstated'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    publish(metadata) {
      if (!isObject(metadata)) return metadata
      const { token_endpoint_auth_signing_alg_values_supported: _, ...rest } = metadata
      return rest
    },
  }),
}
