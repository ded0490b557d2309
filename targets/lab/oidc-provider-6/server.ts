/**
 * oidc-provider 6.31.1: `node server.ts PORT CLIENTS [REDIS_PORT]`. Without a Redis port it keeps its own memory.
 */
import { Provider, type Configuration } from 'oidc-provider-6'
import { redisAdapters } from '../oidc-provider/redis-adapter.ts'
import { registered } from '../registered.ts'

const { port, clients } = registered(process.argv)
const redisPort = process.argv[4]
const provider = new Provider(`http://127.0.0.1:${port}`, {
  ...(redisPort === undefined ? {} : { adapter: adapterOver(Number(redisPort)) }),
  clients,
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: { enabled: false },
  },
  scopes: ['api'],
  clockTolerance: 15,
  tokenEndpointAuthMethods: ['private_key_jwt'],
})
provider.listen(port, '127.0.0.1')

type Adapters = NonNullable<Configuration['adapter']>

/** The same adapters as for version 9. Version 6 makes them with `new`, which an arrow function is not good for. */
function adapterOver(redis: number): Adapters {
  const adapterOf = redisAdapters(redis)
  const constructed: unknown = function RedisAdapter(model: string) {
    return adapterOf(model)
  }
  if (isAdapters(constructed)) return constructed
  throw new RangeError('an adapter is a function')
}

function isAdapters(value: unknown): value is Adapters {
  return typeof value === 'function'
}
