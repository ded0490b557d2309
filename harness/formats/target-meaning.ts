/** What is wrong with a target file that no schema can say. It sees the raw value, whatever its shape. */
import { problem, type Path, type Problem } from './problems.ts'
import { at, lengthAt } from './schema-walk.ts'
import { startedMeaning } from './target-started-meaning.ts'

const ENDPOINTS = ['token', 'introspection', 'resource', 'revocation', 'par', 'metadata'] as const
/** Members that only a JWK has (RFC 7517 §4 and RFC 7518 §6). */
const JWK_MEMBERS = ['kty', 'd', 'crv', 'n']

export function targetMeaning(value: unknown): readonly Problem[] {
  if (at(value, ['kind']) === 'module') return []
  return [
    ...nobody(value),
    ...keysInline(value),
    ...sameName(value, ['nodes']),
    ...sameName(value, ['clients'], ['grants'], ['tokens']),
    ...otherOrigin(value, 'endpoints'),
    ...otherOrigin(value, 'mtlsEndpoints'),
    ...otherHost(value),
    ...withoutAlias(value),
    ...tokensForNobody(value),
    ...rotation(value),
    ...badBand(value),
    ...startedMeaning(value),
  ]
}

function nobody(value: unknown): readonly Problem[] {
  if (at(value, ['kind']) !== 'token-endpoint') return []
  if (lengthAt(value, ['clients']) + lengthAt(value, ['grants']) > 0) return []
  const path = at(value, ['clients']) === undefined ? [] : ['clients']
  return [problem(path, 'at least one of clients or grants', 'neither')]
}

function keysInline(value: unknown): readonly Problem[] {
  return parties(value).flatMap((path) => {
    const key = at(value, [...path, 'key'])
    const inline =
      typeof key === 'string' ||
      (typeof key === 'object' &&
        key !== null &&
        JWK_MEMBERS.some((member) => Object.hasOwn(key, member)))
    if (!inline) return []
    return [problem([...path, 'key'], 'the name of a file that holds the key (file: …)', 'a key')]
  })
}

function parties(value: unknown): readonly Path[] {
  return ['clients', 'grants', 'tokens'].flatMap((list) =>
    Array.from({ length: lengthAt(value, [list]) }, (_none, index) => [list, index]),
  )
}

function sameName(value: unknown, ...lists: readonly Path[]): readonly Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const list of lists) {
    for (let index = 0; index < lengthAt(value, list); index++) {
      const path = [...list, index]
      const given = ['name', 'id'].find((key) => typeof at(value, [...path, key]) === 'string')
      if (given === undefined) continue
      const name = String(at(value, [...path, given]))
      if (seen.has(name))
        problems.push(problem([...path, given], 'a name that no other has', `"${name}" again`))
      seen.add(name)
    }
  }
  return problems
}

/** One connection serves all endpoints of a node, so they differ in path only. */
function otherOrigin(value: unknown, member: string): readonly Problem[] {
  const given = ENDPOINTS.map((name) => ({ name, origin: originOf(at(value, [member, name])) }))
  const first = given.find(({ origin }) => origin !== null)
  return given
    .filter(({ origin }) => origin !== null && origin !== first?.origin)
    .map(({ name }) => problem([member, name], `a URL that begins with ${first?.origin}`, null))
}

/** A name for Host and TLS is a host with or without a port, and nothing more. */
function otherHost(value: unknown): readonly Problem[] {
  return Array.from({ length: lengthAt(value, ['nodes']) }, (_none, index) => {
    const path = ['nodes', index, 'host']
    const host = at(value, path)
    const fine = typeof host !== 'string' || /^[\w.-]+(:\d{1,5})?$/u.test(host)
    return fine ? [] : [problem(path, 'a name such as as.example', host)]
  }).flat()
}

/** Whoever is sent to aliases is sent to nothing else, so each endpoint and each node has one. */
function withoutAlias(value: unknown): readonly Problem[] {
  if (at(value, ['mtlsEndpoints']) === undefined) return []
  const endpoints = ENDPOINTS.map((name) => ['mtlsEndpoints', name]).filter(
    ([, name]) => name !== undefined && at(value, ['endpoints', name]) !== undefined,
  )
  const nodes = Array.from({ length: lengthAt(value, ['nodes']) }, (_none, index) => [
    'nodes',
    index,
    'mtls',
  ])
  return [...endpoints, ...nodes]
    .filter((path) => at(value, path) === undefined)
    .map((path) => problem(path, 'a URL, since there are mtlsEndpoints', null))
}

function tokensForNobody(value: unknown): readonly Problem[] {
  if (lengthAt(value, ['tokens']) === 0 || at(value, ['endpoints', 'resource']) !== undefined)
    return []
  return [problem(['endpoints', 'resource'], 'a URL, since there are tokens for it', null)]
}

/** Whoever rotates publishes, and the other way round. All that is published is served at one port. */
function rotation(value: unknown): readonly Problem[] {
  const clients = Array.from({ length: lengthAt(value, ['clients']) }, (_none, index) => [
    'clients',
    index,
  ])
  const ports = new Set<unknown>()
  return clients.flatMap((path) => {
    const roles = at(value, [...path, 'for'])
    const publishes = at(value, [...path, 'publishes'])
    const isRotating = Array.isArray(roles) && roles.includes('rotating')
    if (isRotating && publishes === undefined)
      return [problem([...path, 'publishes'], 'the next key, since it is for rotating', null)]
    if (!isRotating && publishes !== undefined)
      return [problem([...path, 'for'], '[rotating], since it publishes its keys', null)]
    const port = at(value, [...path, 'publishes', 'port'])
    if (port === undefined || ports.add(port).size === 1) return []
    return [problem([...path, 'publishes', 'port'], 'the port of the one before', null)]
  })
}

function originOf(url: unknown): string | null {
  return typeof url === 'string' ? (/^https?:\/\/[^/?#]+/u.exec(url)?.[0] ?? null) : null
}

function badBand(value: unknown): readonly Problem[] {
  const path = ['declares', 'leewaySeconds']
  const [grant, refuse] = [at(value, [...path, 'grant']), at(value, [...path, 'refuse'])]
  if (typeof grant !== 'number' || typeof refuse !== 'number' || grant <= refuse) return []
  return [problem([...path, 'refuse'], `at least as much as grant (${grant})`, String(refuse))]
}
