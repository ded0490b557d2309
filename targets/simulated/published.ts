/** As much of a node's configuration as it publishes of itself, from the facts that a simulated node is made of. */
import type { TargetFacts } from '../../harness/model/target.ts'
import type { metadataOf } from '../reference/metadata.ts'

type Published = Parameters<typeof metadataOf>[0]

export function publishedBy({ issuer, endpoints, principals }: TargetFacts): Published {
  const { token = '/token', introspection = '/introspect', resource = '/resource' } = endpoints
  const paths = { token, introspection, resource, metadata: endpoints.metadata ?? '/' }
  const parties = principals.flatMap(({ id, subject, usage, keys }) =>
    usage === 'dpop-proof'
      ? []
      : [
          {
            id,
            subject,
            usage,
            keys: keys.map(({ kid, algorithm, mark }) => ({
              kid,
              algorithm,
              jwk: {},
              ...(mark === undefined ? {} : { idle: true as const }),
            })),
          },
        ],
  )
  return { issuer, paths, parties }
}
