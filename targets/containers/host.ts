/**
 * The process that holds the containers of a run, so that they end with it however it goes: when the harness asks, or is
 * gone, every container and network is removed. It is the one place that knows testcontainers, and nothing but it loads it.
 */
import type * as Testcontainers from 'testcontainers'
import type { GenericContainer, StartedNetwork, WaitStrategy } from 'testcontainers'
import type { Json } from '../../harness/model/plan.ts'
import { answerParent } from '../levers/parent.ts'
import { HOST, type Attachment, type Order, type State, type Wanted } from './order.ts'

type Library = typeof Testcontainers
type Client = Awaited<ReturnType<Library['getContainerRuntimeClient']>>
type Handle = ReturnType<Client['container']['getById']>

interface Host {
  readonly library: Library
  readonly client: Client
  /** Their ids, from when they were made on. */
  readonly containers: Map<string, string>
  readonly networks: Map<string, Promise<StartedNetwork>>
  /** What is on its way. */
  readonly starting: Set<Promise<unknown>>
}

const NO_ENGINE =
  'no Docker engine answers: apt install docker.io, or start the one that is there (DOCKER_HOST names one elsewhere)'
const NO_LIBRARY = 'testcontainers is not installed: npm install testcontainers@12.2.0'
const TAIL_LINES = 20

let host: Promise<Host> | null = null
let isEnding = false

process.on('disconnect', () => void end().finally(() => process.exit(0)))
process.on('SIGTERM', () => void end().finally(() => process.exit(0)))
if (!process.connected) process.exit(0)
answerParent('program', async (order): Promise<Json> => {
  if (!isOrder(order)) throw new TypeError('not an order')
  return carriedOut(order)
})

async function carriedOut(order: Order): Promise<Json> {
  if (order.ask === 'engine') return engine()
  if (order.ask === 'end') return end()
  const open = await opened()
  if (order.ask === 'start') return start(open, order.name, order.wanted)
  if (order.ask === 'state') return { ...(await stateOf(open, order.name)) }
  const container = handleOf(open, order.name)
  switch (order.ask) {
    case 'exec':
      return (await open.client.container.exec(container, [...order.command])).exitCode
    case 'connect':
      return connect(open, container, order.on)
    case 'disconnect': {
      const network = open.client.network.getById((await networkOf(open, order.on.network)).getId())
      await network.disconnect({ Container: container.id, Force: true })
      return null
    }
    case 'pause':
      await container.pause()
      return null
    case 'unpause':
      await container.unpause()
      return null
    case 'kill':
      await container.kill()
      return null
    case 'again':
      await container.start()
      return null
    case 'remove':
      return remove(open, order.name)
  }
}

async function remove(open: Host, name: string): Promise<null> {
  await handleOf(open, name).remove({ force: true, v: true })
  open.containers.delete(name)
  return null
}

async function engine(): Promise<Json> {
  const library = await import('testcontainers').catch(() => null)
  if (library === null) return { missing: NO_LIBRARY }
  const client = await library.getContainerRuntimeClient().catch(() => null)
  return client === null ? { missing: NO_ENGINE } : { gateway: await gatewayOf(client) }
}

/** Of the bridge that every container here is on. One that is not told is the first address of its network. */
async function gatewayOf(client: Client): Promise<string | null> {
  const seen: unknown = await client.network
    .getById('bridge')
    .inspect()
    .catch(() => null)
  const told = textAt(seen, ['IPAM', 'Config', '0', 'Gateway'])
  const subnet = textAt(seen, ['IPAM', 'Config', '0', 'Subnet'])
  return told ?? subnet?.replace(/\.0\/\d+$/u, '.1') ?? null
}

function textAt(value: unknown, path: readonly string[]): string | null {
  const found = path.reduce<unknown>(
    (within, name) =>
      typeof within === 'object' && within !== null ? Reflect.get(within, name) : undefined,
    value,
  )
  return typeof found === 'string' ? found : null
}

function opened(): Promise<Host> {
  host ??= (async () => {
    const library = await import('testcontainers')
    const client = await library.getContainerRuntimeClient()
    return { library, client, containers: new Map(), networks: new Map(), starting: new Set() }
  })()
  return host
}

/** One that was started before it is replaced. */
async function start(open: Host, name: string, wanted: Wanted): Promise<Json> {
  const { image, command, env, port, hostPort, files, mounts, asksHost } = wanted
  const container = joining(open, name, wanted)
    .withEnvironment(env)
    .withExposedPorts({ container: port, host: hostPort })
    .withWaitStrategy(NOT_WAITED_FOR)
    .withCopyFilesToContainer(
      Object.entries(files).map(([target, source]) => ({ source, target, mode: 0o644 })),
    )
    .withBindMounts(
      Object.entries(mounts).map(([target, source]) => ({ source, target, mode: 'ro' as const })),
    )
  if (command !== undefined) container.withCommand([...command])
  if (asksHost === true) container.withExtraHosts([{ host: HOST, ipAddress: 'host-gateway' }])
  const starting = container.start()
  open.starting.add(starting)
  try {
    await starting
  } catch (error) {
    throw new Error(`${image}: ${wordsOf(error)}`, { cause: error })
  } finally {
    open.starting.delete(starting)
  }
  return null
}

/**
 * A container that is on its networks before it runs. Its port is led to by the engine's own bridge, on which it is, too:
 * so a network can be taken from it without taking it from its clients. Nothing is published beyond this machine.
 */
function joining(
  open: Host,
  name: string,
  { image, port, hostPort, networks, aliases }: Wanted,
): GenericContainer {
  class Joining extends open.library.GenericContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      this.hostConfig.PortBindings = {
        [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(hostPort) }],
      }
    }
    protected override async containerCreated(id: string): Promise<void> {
      open.containers.set(name, id)
      if (isEnding) throw new Error('the run is over')
      for (const network of networks)
        await connect(open, open.client.container.getById(id), { network, aliases })
    }
  }
  return new Joining(image)
}

/** When it is ready the harness sees for itself, from outside. */
const NOT_WAITED_FOR: WaitStrategy = {
  waitUntilReady: async () => undefined,
  withStartupTimeout: () => NOT_WAITED_FOR,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}

async function connect(
  open: Host,
  container: Handle,
  { network, aliases }: Attachment,
): Promise<null> {
  const started = await networkOf(open, network)
  await open.client.container.connectToNetwork(
    container,
    open.client.network.getById(started.getId()),
    [...aliases],
  )
  return null
}

/** Made when it is first wanted. */
function networkOf({ library, networks }: Host, name: string): Promise<StartedNetwork> {
  const known = networks.get(name)
  if (known !== undefined) return known
  // Among its networks, a container's ports are led to by the first of the alphabet: `bridge` is to stay that one.
  const unique = new library.RandomUuid()
  const made = new library.Network({ nextUuid: () => `cupel-${name}-${unique.nextUuid()}` }).start()
  networks.set(name, made)
  return made
}

async function stateOf(open: Host, name: string): Promise<State> {
  const { client, containers, networks } = open
  const none: State = { status: 'none', networks: [], tail: '' }
  if (!containers.has(name)) return none
  const container = handleOf(open, name)
  const seen = await client.container.inspect(container).catch(() => null)
  if (seen === null) return none
  const attached = Object.values(seen.NetworkSettings.Networks).map(({ NetworkID }) => NetworkID)
  const known = await Promise.all(
    [...networks].map(async ([named, network]) => ({ named, id: (await network).getId() })),
  )
  return {
    status: seen.State.Status,
    networks: known.filter(({ id }) => attached.includes(id)).map(({ named }) => named),
    tail: seen.State.Running ? '' : await tailOf(container),
  }
}

async function tailOf(container: Handle): Promise<string> {
  const printed = await container
    .logs({ stdout: true, stderr: true, tail: TAIL_LINES })
    .catch(() => Buffer.alloc(0))
  return withoutHeaders(printed)
}

/** Of a container without a terminal, each piece has eight octets before it: which stream, and how long it is. */
function withoutHeaders(printed: Buffer): string {
  let text = ''
  for (let at = 0; at + HEADER <= printed.length;) {
    const length = printed.readUInt32BE(at + HEADER - 4)
    text += printed.toString('utf8', at + HEADER, at + HEADER + length)
    at += HEADER + length
  }
  return text
}

const HEADER = 8

function handleOf({ client, containers }: Host, name: string): Handle {
  const id = containers.get(name)
  if (id === undefined) throw new RangeError(`there is no container ${name}`)
  return client.container.getById(id)
}

/** What is already gone is none of our worry; a network goes when the last container is off it. */
async function end(): Promise<null> {
  isEnding = true
  const open = await host?.catch(() => null)
  if (open === null || open === undefined) return null
  await Promise.allSettled(open.starting)
  const containers = [...open.containers.keys()]
  await Promise.all(containers.map((name) => remove(open, name).catch(() => null)))
  const networks = await Promise.all(open.networks.values())
  open.networks.clear()
  await Promise.all(networks.map((network) => network.stop().catch(() => null)))
  return null
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isOrder(order: unknown): order is Order {
  return typeof order === 'object' && order !== null && 'ask' in order
}
