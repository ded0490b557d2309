// A server as a vendor might have it: `node server-fixture.mjs PORT [HOW]`. With `child` it starts a process of its own; with
// `asks HOST PORT` it answers what another one does.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:http'

const [port, how, file, further] = process.argv.slice(2)
if (how === 'fails') {
  process.stderr.write('cannot open the database\n')
  process.exit(3)
}
if (how === 'child') {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  writeFileSync(file, JSON.stringify([process.pid, child.pid]))
}
if (how === 'stubborn') process.on('SIGTERM', () => undefined)
const server = createServer((request, response) => {
  if (request.url === '/clients') return response.end(readFileSync(file, 'utf8'))
  if (how === 'asks' && request.url === '/asked') {
    const asked = get({ host: file, port: further, path: '/', agent: false, timeout: 1500 })
    asked.on('timeout', () => asked.destroy(new Error('too late')))
    asked.on('response', (answer) => answer.resume().on('end', () => response.end('answered')))
    return asked.on('error', ({ message }) => response.end(message))
  }
  response.setHeader('x-env', process.env.FIXTURE ?? '')
  return response.end('{}')
})
// One that never listens where it was told to is never ready.
server.listen(how === 'deaf' ? 0 : Number(port), '127.0.0.1')
