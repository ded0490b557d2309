/** A target file for somebody who has none yet: what must be said stands in it, what may be said stands beside it. */
import { timeOf } from '../clock.ts'
import { url } from './target-atoms.ts'

export interface NewClient {
  readonly name: string
  readonly id: string
  readonly roles: readonly string[]
  /** Its private key, as the target file names it. */
  readonly keyFile: string
}

export interface NewTarget {
  readonly name: string
  readonly issuer: string
  readonly endpoint: string
  readonly audiences: readonly string[]
  readonly clients: readonly NewClient[]
  readonly scope: string | null
  /** What it promises of replays; null where nobody said. */
  readonly replay: string | null
  readonly clock: 'this-machine' | 'none'
  /** Needed for a target that is not on this machine. */
  readonly authorization: { readonly by: string; readonly until: string } | null
  readonly maxRatePerSecond: number | null
  /** Where an editor finds the schema, as the file names it. */
  readonly schema: string
}

/** Whether it can be asked over HTTP. What Cupel starts itself has placeholders, and is no new target. */
export function isAddress(given: string): boolean {
  return url.safeParse(given).success && !/[{}]/u.test(given)
}

/** A day, to whose end an authorisation counts. */
export function isDay(given: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(given) && timeOf(given) !== null
}

export function newTargetText(target: NewTarget): string {
  const { name, issuer, endpoint, audiences, clients, scope, replay, clock } = target
  const origin = new URL(endpoint).origin
  return `# yaml-language-server: $schema=${target.schema}
# Whom to ask, as whom, and what the server promises. docs/targets.md explains every key.
kind: token-endpoint
name: ${quoted(name)}
issuer: ${quoted(issuer)}
endpoints:
  token: ${quoted(endpoint)}
  # introspection: ${origin}/introspect
  # metadata: ${origin}/.well-known/oauth-authorization-server

# Each has to be registered for private_key_jwt with its public key: jwks/ has a file for each of
# them, clients.json has all.
clients:
${clients.map(clientLine).join('')}
audiences:
  values: [${audiences.map(quoted).join(', ')}]
  # true promises that it accepts nothing else in \`aud\`; then look-alikes are judged as well.
  complete: false

# What it promises beyond the standard. It is held to every line: say nothing that is not so.
declares:
  # Whether an assertion works once: single-use, or not-promised where both sides agreed otherwise.
  # While nothing is said of it, a replay that is accepted is told and held against nobody.
  ${replay === null ? '# replay: single-use' : `replay: ${quoted(replay)}`}
  # direct: nothing on the way repeats a request or answers it itself.
  path: unknown
  # So many seconds past an edge in time it still accepts, and from so many on it refuses.
  # leewaySeconds: { grant: 10, refuse: 60 }

# How its clock is known. date-header: the process that judges assertions writes \`Date\`, and no
# proxy does. With none only times far from any edge are judged, and no replay convicts.
clock: { source: ${clock} }

# What it is judged by; cupel list profiles.
# profile: rfc7523bis
# Where it gives no token without a scope.
${scope === null ? '# scope: api' : `scope: ${quoted(scope)}`}
# Where it wants client_id beside the assertion.
# sendClientId: true
# Where its certificate is of an authority of your own.
# tls: { ca: ./ca.pem }
${leave(target)}`
}

function clientLine({ name, id, roles, keyFile }: NewClient): string {
  return `  - { name: ${name}, id: ${quoted(id)}, for: [${roles.join(', ')}], key: { file: ${quoted(keyFile)} } }\n`
}

function leave({ authorization, maxRatePerSecond }: NewTarget): string {
  const rate = maxRatePerSecond === null ? '' : `maxRatePerSecond: ${maxRatePerSecond}\n`
  if (authorization === null) return rate === '' ? '' : `\n${rate}`
  const { by, until } = authorization
  return `
# Who allowed this, and until when. After that day it is not asked any more.
authorization: { by: ${quoted(by)}, until: ${until} }
${rate}`
}

/** A text as a YAML scalar that reads back as itself: plain where nothing in it means anything, and no variable. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*(?::\/\/[\w./-]+(?::\d+)?[\w./-]*)?$/u.test(text) && !RESERVED.test(text)
    ? text
    : JSON.stringify(text.replaceAll('${', () => '$${'))
}

/** Words that YAML, or an older one, reads as something else. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/iu
