/** oauth2-mock-server 9.3.0, which is made to say yes: `node server.ts PORT`. */
import { OAuth2Server } from 'oauth2-mock-server'

const port = Number(process.argv[2])
const server = new OAuth2Server()
await server.issuer.keys.generate('RS256')
await server.start(port, '127.0.0.1')
