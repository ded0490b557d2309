/** oidc-provider 6.31.1 with its own memory: `node server.ts PORT CLIENTS`. */
import { Provider } from 'oidc-provider-6'
import { registered } from '../registered.ts'

const { port, clients } = registered(process.argv)
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: { enabled: false },
  },
  scopes: ['api'],
  tokenEndpointAuthMethods: ['private_key_jwt'],
})
provider.listen(port, '127.0.0.1')
