/** What is wrong with what a target file starts, with what it may be broken with, and with the placeholders of both. */
import { problem, type Path, type Problem } from './problems.ts'
import { at, lengthAt } from './schema-walk.ts'

const OWN_PLACEHOLDERS = ['port', 'name', 'issuer', 'clients', 'folder', 'faketime']

export function startedMeaning(value: unknown): readonly Problem[] {
  return [
    ...unknownPlaceholders(value),
    ...sameStarted(value),
    ...clockCommand(value),
    ...strangers(value),
  ]
}

function controlled([, control]: Path): readonly string[] {
  return control === 'clock' ? ['offsetSeconds', 'node', 'folder'] : ['folder']
}

function clockCommand(value: unknown): readonly Problem[] {
  const path = ['controls', 'clock']
  if (at(value, path) === undefined) return []
  const texts = textsOf(at(value, [...path, 'set']), []).map(({ text }) => text)
  const several = (lengthAt(value, ['nodes']) || 1) > 1
  return [
    ...(at(value, ['controls', 'faketime']) === undefined
      ? []
      : [problem(path, 'one way to move clocks', 'faketime beside it')]),
    ...['{offsetSeconds}', ...(several ? ['{node}'] : [])]
      .filter((name) => !texts.some((text) => text.includes(name)))
      .map((name) => problem([...path, 'set'], `a command that is told ${name}`, 'none')),
  ]
}

function unknownPlaceholders(value: unknown): readonly Problem[] {
  const ports = startedIn(value).map((name) => `${name}.port`)
  return textsOf(value, []).flatMap(({ path, text }) => {
    const isStarted = path[0] === 'processes' || path[0] === 'containers'
    const own = isStarted ? OWN_PLACEHOLDERS : path[0] === 'controls' ? controlled(path) : []
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
  if (at(value, store) === undefined || lengthAt(value, [...store, 'networks']) > 0) return []
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
