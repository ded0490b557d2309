/** Throw-away certificates, made by openssl. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Pem {
  readonly cert: string
  readonly key: string
}

/** A self-signed one: its own authority. */
export function certificate(names = 'IP:127.0.0.1', subject = '/CN=cupel'): Pem {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-tls-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const named = ['-subj', subject, '-addext', `subjectAltName=${names}`]
  const files = ['-keyout', key, '-out', cert]
  execFileSync('openssl', ['req', '-x509', ...made, ...named, ...files], { stdio: 'ignore' })
  const pem = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  rmSync(folder, { recursive: true })
  return pem
}
