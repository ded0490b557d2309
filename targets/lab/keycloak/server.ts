/**
 * Keycloak for machines, its realm in memory: `node server.ts VERSION PORT CLIENTS`. The distribution lies in
 * out/lab/keycloak-VERSION, where get.sh puts it; CLIENTS is the file that Cupel writes for `{clients}`.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { realm } from './realm.ts'

const [version, port, clientsFile] = process.argv.slice(2)
if (version === undefined || port === undefined || clientsFile === undefined)
  throw new RangeError('needs a version, a port and a clients file')

const home = resolve(import.meta.dirname, '../../../out/lab', `keycloak-${version}`)
const imports = join(home, 'data', 'import')
mkdirSync(imports, { recursive: true })
writeFileSync(
  join(imports, 'cupel-realm.json'),
  JSON.stringify(realm(JSON.parse(readFileSync(clientsFile, 'utf8')))),
)

const server = spawn(
  join(home, 'bin', 'kc.sh'),
  [
    'start',
    '--optimized',
    '--import-realm',
    '--http-enabled=true',
    '--http-host=127.0.0.1',
    `--http-port=${port}`,
    process.env['UNNAMED'] === undefined
      ? `--hostname=http://127.0.0.1:${port}`
      : '--hostname-strict=false',
    '--log-level=warn',
  ],
  { stdio: 'inherit' },
)
server.once('exit', (code) => process.exit(code ?? 1))
process.once('SIGTERM', () => server.kill('SIGTERM'))
