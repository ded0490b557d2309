/** The containers of a target file: started in their order, and what their store can suffer. */
import { resolve } from 'node:path'
import type { ContainerFile } from '../harness/model/target-file.ts'
import type { Site } from '../harness/model/target.ts'
import type { Container, Containers, ContainerWish } from './containers/containers.ts'
import type { Edges } from './edges.ts'
import type { Act } from './levers/lever.ts'
import { isOfThisMachine, LOOPBACK } from './levers/listen.ts'
import { filled } from './ports.ts'

export interface Contained extends Pick<Containers, 'missing' | 'one' | 'close'> {
  /** What its store can suffer as the Redis that it is; null where it is none. */
  readonly storeActs: Readonly<Record<string, Act>> | null
}

interface File {
  readonly containers?: Readonly<Record<string, ContainerFile>>
  readonly controls?: {
    readonly store?: { readonly container: string; readonly redis?: true }
  }
}

interface Filling {
  /** Opens what those ask who are started, at the address of this machine by which containers come. */
  readonly open: (host: string) => Promise<void>
  /** Whether it asks something of ours on this machine. */
  readonly asksHost: (name: string) => boolean
  readonly edges: Pick<Edges, 'lead'>
  /** Of the target file. */
  readonly folder: string
  /** The port of this machine that leads to a container, and what its placeholders stand for. */
  readonly fill: (name: string) => {
    readonly port: number
    readonly values: ReadonlyMap<string, string>
  }
}

/** Nothing is loaded, and nobody asked, where there are none. */
export async function startContained(
  site: Site,
  { containers: files = {}, controls }: File,
  filling: Filling,
): Promise<Contained> {
  const names = Object.keys(files)
  if (names.length === 0) {
    await filling.open(LOOPBACK)
    return NONE
  }
  const { openContainers } = await import('./containers/containers.ts')
  const containers = await openContainers(site)
  const none = { ...NONE, close: () => containers.close() }
  if (containers.missing !== null) return { ...none, missing: containers.missing }
  try {
    await filling.open(await heardAt(containers.gateway))
    for (const [name, file] of Object.entries(files))
      await containers.start(wished(name, file, filling))
    const { container = '', redis = false } = controls?.store ?? {}
    const store = redis ? containers.one(container) : null
    const own = store === null ? null : await redisIn(site, containers, store, filling.edges)
    return {
      ...none,
      one: (name) => containers.one(name),
      storeActs: own,
    }
  } catch (error) {
    await containers.close()
    throw error
  }
}

const NONE: Contained = {
  missing: null,
  one: () => null,
  storeActs: null,
  close: async () => undefined,
}

function wished(
  name: string,
  file: ContainerFile,
  { folder, fill, asksHost }: Filling,
): ContainerWish {
  const { port: hostPort, values } = fill(name)
  const { image, command, env, port, networks, files, mounts, ready, readySeconds } = filled(
    file,
    values,
  )
  const here = (paths: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(paths).map(([there, path]) => [there, resolve(folder, path)]))
  return {
    name,
    image,
    env: env ?? {},
    port,
    hostPort,
    networks: networks ?? [],
    aliases: [name],
    files: here(files),
    mounts: here(mounts),
    ...(asksHost(name) ? { asksHost: true } : {}),
    ...(command === undefined ? {} : { command }),
    ...(ready === undefined ? {} : { ready }),
    ...(readySeconds === undefined ? {} : { readySeconds }),
  }
}

/** Who asks it finds it by its name on its networks, or through a proxy, whichever server has that name. */
async function redisIn(
  site: Site,
  containers: Containers,
  store: Container,
  edges: Pick<Edges, 'lead'>,
): Promise<Readonly<Record<string, Act>>> {
  const { containedRedis } = await import('./reference/redis-container.ts')
  const { redisActs } = await import('./reference/redis-acts.ts')
  return redisActs(containedRedis(site, containers, store, (port) => edges.lead(store.name, port)))
}

/**
 * Where an engine runs beside us its bridge is an interface of this machine. Where it runs in a virtual machine of its own,
 * as that of Docker Desktop, what containers ask this machine comes to the loopback interface.
 */
async function heardAt(gateway: string | null): Promise<string> {
  return gateway !== null && (await isOfThisMachine(gateway)) ? gateway : LOOPBACK
}
