/** oidc-provider 5.5.6 with its own memory: `node server.ts PORT CLIENTS`. */
import Provider from 'oidc-provider-5'
import { registered } from '../registered.ts'

const { port, clients } = registered(process.argv)
const provider = new Provider(`http://127.0.0.1:${port}`, {
  features: { clientCredentials: true, introspection: true, devInteractions: false },
  scopes: ['api'],
  clockTolerance: 15,
  tokenEndpointAuthMethods: ['private_key_jwt'],
})
await provider.initialize({ clients })
provider.listen(port, '127.0.0.1')
