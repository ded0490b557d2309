/** A resource that takes bearer tokens (RFC 6750), for a library of the laboratory that says whose a token is. */
import { createServer } from 'node:http'

/** @param subjectOf Of a token, or of an empty text where none came; undefined for whatever is to be refused. */
export function serveBearer(port: number, subjectOf: (token: string) => Promise<unknown>): void {
  createServer((request, response) => {
    const [scheme = '', token] = (request.headers.authorization ?? '').split(' ')
    const asked = scheme.toLowerCase() === 'bearer' ? token : undefined
    void subjectOf(asked ?? '').then((sub) => {
      const challenge = asked === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
      const headers = sub === undefined ? { 'WWW-Authenticate': challenge } : {}
      response.writeHead(sub === undefined ? 401 : 200, {
        ...headers,
        'Content-Type': 'application/json',
      })
      response.end(JSON.stringify(sub === undefined ? {} : { sub }))
    })
  }).listen(port, '127.0.0.1')
}
