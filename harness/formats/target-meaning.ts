/** What is wrong with a target file that no schema can say. It sees the raw value, whatever its shape. */
import type { Path, Problem } from './problems.ts'
import { at } from './schema-walk.ts'

const ENDPOINTS = ['token', 'introspection', 'resource', 'revocation', 'par', 'metadata'] as const
/** Members that only a JWK has (RFC 7517 §4 and RFC 7518 §6). */
const JWK_MEMBERS = ['kty', 'd', 'crv', 'n']
const OWN_PLACEHOLDERS = ['port', 'name', 'issuer', 'clients', 'folder', 'faketime']

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
    ...unknownPlaceholders(value),
    ...sameStarted(value),
    ...strangers(value),
  ]
}

function nobody(value: unknown): readonly Problem[] {
  if (at(value, ['kind']) !== 'token-endpoint') return []
  if (size(value, ['clients']) + size(value, ['grants']) > 0) return []
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
    Array.from({ length: size(value, [list]) }, (_none, index) => [list, index]),
  )
}

function sameName(value: unknown, ...lists: readonly Path[]): readonly Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const list of lists) {
    for (let index = 0; index < size(value, list); index++) {
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
  return Array.from({ length: size(value, ['nodes']) }, (_none, index) => {
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
  const nodes = Array.from({ length: size(value, ['nodes']) }, (_none, index) => [
    'nodes',
    index,
    'mtls',
  ])
  return [...endpoints, ...nodes]
    .filter((path) => at(value, path) === undefined)
    .map((path) => problem(path, 'a URL, since there are mtlsEndpoints', null))
}

function tokensForNobody(value: unknown): readonly Problem[] {
  if (size(value, ['tokens']) === 0 || at(value, ['endpoints', 'resource']) !== undefined) return []
  return [problem(['endpoints', 'resource'], 'a URL, since there are tokens for it', null)]
}

/** Whoever rotates publishes, and the other way round. All that is published is served at one port. */
function rotation(value: unknown): readonly Problem[] {
  const clients = Array.from({ length: size(value, ['clients']) }, (_none, index) => [
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

function unknownPlaceholders(value: unknown): readonly Problem[] {
  const ports = startedIn(value).map((name) => `${name}.port`)
  return textsOf(value, []).flatMap(({ path, text }) => {
    const isStarted = path[0] === 'processes' || path[0] === 'containers'
    const own = isStarted ? OWN_PLACEHOLDERS : path[0] === 'controls' ? ['folder'] : []
    const known = [...own, ...ports, ...(isStarted ? edgesFrom(value, path[1]) : [])]
    const used = [...text.matchAll(/(?<!\$)\{([\w.-]+)\}/gu)].map((match) => match[1] ?? '')
    return used
      .filter((name) => !known.includes(name))
      .map((name) =>
        problem(
          path,
          known.length === 0 ? 'no placeholder' : `a placeholder such as {${known[0]}}`,
          `{${name}}`,
        ),
      )
  })
}

/** What somebody who is started is told of the proxies that it is to ask. */
function edgesFrom(value: unknown, name: PropertyKey | undefined): readonly string[] {
  const edges = at(value, ['controls', 'proxies'])
  return keysOf(edges)
    .filter((edge) => at(edges, [edge, 'from']) === name)
    .map((edge) => String(at(edges, [edge, 'to'])))
    .flatMap((to) => [`via.${to}.host`, `via.${to}.port`])
}

/** Processes and containers have one set of names, since a port is named by either. */
function sameStarted(value: unknown): readonly Problem[] {
  const containers = namesIn(value, 'containers')
  return namesIn(value, 'processes')
    .filter((name) => containers.includes(name))
    .map((name) => problem(['processes', name], 'a name that no container has', `"${name}" again`))
}

/** Whatever is broken is something that was started. */
function strangers(value: unknown): readonly Problem[] {
  const [started, containers] = [startedIn(value), namesIn(value, 'containers')]
  const among = (names: readonly string[], path: Path): readonly Problem[] => {
    const name = at(value, path)
    if (typeof name !== 'string' || names.includes(name)) return []
    return [
      problem(path, `one of ${names.join(', ') || 'what is started, which is nothing'}`, name),
    ]
  }
  const membersOf = (member: string): readonly string[] => keysOf(at(value, ['controls', member]))
  return [
    ...membersOf('nodes').flatMap((node) => among(started, ['controls', 'nodes', node])),
    ...membersOf('proxies').flatMap((edge) => {
      const path = ['controls', 'proxies', edge]
      return [
        ...among(started, [...path, 'from']),
        ...among(started, [...path, 'to']),
        ...unasked(value, path),
      ]
    }),
    ...membersOf('networks').flatMap((edge) => [
      ...among(containers, ['controls', 'networks', edge, 'container']),
      ...notOn(value, ['controls', 'networks', edge]),
    ]),
    ...among(containers, ['controls', 'store', 'container']),
    ...alone(value),
  ]
}

/** A proxy that nobody is led to breaks nothing, and what is a network besides is no edge of it. */
function unasked(value: unknown, edge: Path): readonly Problem[] {
  const [from, to] = ['from', 'to'].map((each) => String(at(value, [...edge, each])))
  const asker = ['processes', 'containers']
    .map((started) => at(value, [started, from ?? '']))
    .find((each) => each !== undefined)
  const port = `{via.${to}.port}`
  const network = at(value, ['controls', 'networks', edge.at(-1) ?? ''])
  return [
    ...(asker === undefined || textsOf(asker, []).some(({ text }) => text.includes(port))
      ? []
      : [problem([...edge, 'from'], `one that asks at ${port}`, from ?? null)]),
    ...(network === undefined
      ? []
      : [problem(edge, 'either among proxies or among networks', 'both')]),
  ]
}

/** A replica that is to take over finds its primary by name, which takes a network. */
function alone(value: unknown): readonly Problem[] {
  if (at(value, ['controls', 'store', 'redis']) === undefined) return []
  const store = ['containers', String(at(value, ['controls', 'store', 'container']))]
  if (at(value, store) === undefined || size(value, [...store, 'networks']) > 0) return []
  return [problem([...store, 'networks'], 'a network, where a replica of it finds it', null)]
}

/** Nothing can be taken off a network that it is not on. */
function notOn(value: unknown, edge: Path): readonly Problem[] {
  const [container, network] = ['container', 'network'].map((each) => at(value, [...edge, each]))
  const networks = at(value, ['containers', String(container), 'networks'])
  if (typeof network !== 'string' || !Array.isArray(networks) || networks.includes(network))
    return []
  return [problem([...edge, 'network'], `one of ${networks.join(', ')}`, network)]
}

function startedIn(value: unknown): readonly string[] {
  return [...new Set([...namesIn(value, 'processes'), ...namesIn(value, 'containers')])]
}

function namesIn(value: unknown, member: string): readonly string[] {
  return keysOf(at(value, [member]))
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function textsOf(
  value: unknown,
  path: Path,
): readonly { readonly path: Path; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((each, index) => textsOf(each, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, [...path, key]))
}

function size(value: unknown, path: Path): number {
  const list = at(value, path)
  return Array.isArray(list) ? list.length : 0
}

function problem(path: Path, expected: string, found: string | null): Problem {
  return { path, onKey: false, expected, found }
}
