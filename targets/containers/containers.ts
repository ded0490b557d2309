/** Containers of a run: started by a process of their own (host.ts), broken and mended by it, and gone when it is. */
import { timer } from '../../harness/clock.ts'
import { entry } from '../../harness/entry.ts'
import { CupelError } from '../../harness/errors.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Site } from '../../harness/model/target.ts'
import { startChild, type Child } from '../levers/child.ts'
import { plainOutput } from '../plain-text.ts'
import { isReady, type Ready } from '../ready.ts'
import {
  isEngine,
  isMissing,
  isState,
  type Act,
  type Attachment,
  type Order,
  type State,
  type Wanted,
} from './order.ts'

export interface ContainerWish extends Wanted {
  readonly name: string
  /** When it counts as ready; absent for as soon as it runs. */
  readonly ready?: Ready
  readonly readySeconds?: number
}

export interface Containers {
  /** What is missing for containers to be had at all, and what installs it; null where nothing is. */
  readonly missing: string | null
  /** The address by which they reach the machine that they run on; null where that is not known. */
  readonly gateway: string | null
  /** Resolves when it is ready. Rejects with ERR_TARGET_START when it ends or is not ready in time. */
  start(wish: ContainerWish): Promise<Container>
  one(name: string): Container | null
  /** Removes all of them, and the networks; never rejects. */
  close(): Promise<void>
}

/** A container that was started, for whoever breaks it. */
export interface Container {
  readonly name: string
  readonly wish: ContainerWish
  /** Of this machine. */
  readonly port: number
  act(act: Act): Promise<void>
  /** Runs it again after `kill`, or anew after `remove`, and waits until it is ready. */
  restart(): Promise<void>
  connect(on: Attachment): Promise<void>
  disconnect(on: Attachment): Promise<void>
  state(): Promise<State>
  /** What a command within it ends with; null where it does not end in time. */
  exec(command: readonly string[], withinMs: number): Promise<number | null>
}

const READY_SECONDS = 60
const LOOK_AGAIN_US = 100_000
/** Making one may take a pull of its image. */
const START_MS = 300_000
const ACT_MS = 25_000
/** Loading testcontainers, on a machine that is busy. */
const LOAD_MS = 120_000
const END_MS = 60_000

export async function openContainers(site: Site): Promise<Containers> {
  const host = await startChild(site, {
    name: 'containers',
    module: entry(import.meta, './host'),
    preloads: [],
  })
  const answer = await host
    .ask('program', { ask: 'engine' }, LOAD_MS)
    .catch(async (error: unknown) => {
      await host.stop()
      throw error
    })
  const containers = new Map<string, Container>()
  return {
    missing: isMissing(answer) ? answer.missing : null,
    gateway: isEngine(answer) ? answer.gateway : null,
    async start(wish) {
      const container = over(host, wish, site)
      await tell(host, { ask: 'start', name: wish.name, wanted: wantedIn(wish) }, START_MS)
      await ready(site, container)
      containers.set(wish.name, container)
      return container
    },
    one: (name) => containers.get(name) ?? null,
    async close() {
      await tell(host, { ask: 'end' }, END_MS).catch(() => null)
      await host.stop()
    },
  }
}

function over(host: Child, wish: ContainerWish, site: Site): Container {
  const { name } = wish
  // A run that is being stopped still mends what it broke.
  const patient: Site = { ...site, signal: new AbortController().signal }
  const state = async (): Promise<State> => {
    const answer = await tell(host, { ask: 'state', name }, ACT_MS)
    if (isState(answer)) return answer
    throw new TypeError('not the state of a container')
  }
  const container: Container = {
    name,
    wish,
    port: wish.hostPort,
    state,
    async act(act) {
      await tell(host, { ask: act, name }, ACT_MS)
    },
    async restart() {
      const { status } = await state()
      if (status === 'none')
        await tell(host, { ask: 'start', name, wanted: wantedIn(wish) }, START_MS)
      else await tell(host, { ask: 'again', name }, ACT_MS)
      await ready(patient, container)
    },
    async connect(on) {
      await tell(host, { ask: 'connect', name, on }, ACT_MS)
    },
    async disconnect(on) {
      await tell(host, { ask: 'disconnect', name, on }, ACT_MS)
    },
    exec: (command, withinMs) =>
      within(
        tell(host, { ask: 'exec', name, command }, ACT_MS).then(Number, () => null),
        withinMs,
      ),
  }
  return container
}

function tell(host: Child, order: Order, withinMs: number): Promise<Json> {
  const plain: Json = JSON.parse(JSON.stringify(order))
  return host.ask('program', plain, withinMs)
}

function wantedIn({
  ready: _ready,
  readySeconds: _seconds,
  name: _name,
  ...wanted
}: ContainerWish): Wanted {
  return wanted
}

async function ready(site: Site, container: Container): Promise<void> {
  const { wish, port } = container
  const { name, image, readySeconds = READY_SECONDS } = wish
  const untilUs = site.clock.nowUs() + readySeconds * 1e6
  for (;;) {
    const { status, tail } = await container.state()
    const failed = (what: string): CupelError =>
      new CupelError('ERR_TARGET_START', `${name} (${image}) ${what}`, {
        hint: tail === '' ? 'It printed nothing.' : `It printed:\n${plainOutput(tail)}`,
      })
    if (status !== 'running') throw failed(`ended before it was ready (${status})`)
    if (wish.ready === undefined || (await isReady(site, port, wish.ready))) return
    if (site.signal.aborted) throw failed('was not waited for: the run was stopped')
    if (site.clock.nowUs() > untilUs) throw failed(`was not ready within ${readySeconds} s`)
    await site.clock.sleepUntil(site.clock.nowUs() + LOOK_AGAIN_US, site.signal)
  }
}

function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const cancel = timer(ms, () => resolve(null))
    promise.then(resolve, reject).finally(cancel)
  })
}
