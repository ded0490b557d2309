/** The store of the reference itself, in a process of its own. */
import type { Json } from '../../harness/model/plan.ts'
import type { Site } from '../../harness/model/target.ts'
import { startChild, type Child } from '../levers/child.ts'
import { numberIn, type Act } from '../levers/lever.ts'
import { pausing } from '../levers/pausing.ts'
import { measureClock, SKEWED_CLOCK } from '../levers/process-clock.ts'
import { repliesAt } from '../levers/replies.ts'
import type { StartStore } from './shared-store.ts'
import type { StoreRequest } from './store-protocol.ts'

const NAME = 'store'

/**
 * @param children Where its process is to be found by whoever moves clocks.
 * @param config What the program is told when it starts.
 */
export function ownStore(program: URL, config: Json, children: Map<string, Child>): StartStore {
  return async (site, moved) => {
    const starting = await started(site, program, config)
    const store: Own = { site, program, config, moved, ...starting, pause: pausing(site, NAME) }
    children.set(NAME, store.child)
    const acts = actsOf(store, (child) => void children.set(NAME, child))
    return {
      port: () => store.port,
      told: {},
      act: (name) => acts[name] ?? null,
      lacks: (act) =>
        act === 'fail-over' || act === 'full' || act === 'read-only'
          ? 'that takes a real store: --target redis'
          : null,
      clockOf: () => measureClock(store.child, site.clock),
      async stop() {
        await store.pause.resume()
        await store.child.stop()
      },
    }
  }
}

interface Own {
  readonly site: Site
  readonly program: URL
  readonly config: Json
  readonly moved: () => Promise<void>
  readonly pause: ReturnType<typeof pausing>
  child: Child
  port: number
}

async function started(
  site: Site,
  module: URL,
  config: Json,
): Promise<{ readonly child: Child; readonly port: number }> {
  const child = await startChild(site, { name: NAME, module, preloads: [SKEWED_CLOCK] })
  try {
    return { child, port: Number(await child.ask('program', config)) }
  } catch (error) {
    await child.stop()
    throw error
  }
}

function actsOf(store: Own, replaced: (child: Child) => void): Readonly<Record<string, Act>> {
  const size = async (): Promise<number> => Number(await store.child.ask('store', null))
  const answers = async (): Promise<Json> => ({ entries: await size() })
  let before = 0
  return {
    flush: {
      rung: 'ipc',
      async inflict() {
        before = await size()
        await store.child.ask('store', 'flush')
      },
      async broken() {
        const after = await size()
        return after < before ? { entriesBefore: before, entriesAfter: after } : null
      },
      mend: async () => undefined,
      whole: answers,
    },
    fill: {
      rung: 'ipc',
      async inflict(options) {
        before = await size()
        await store.child.ask('store', numberIn(options, 'keys'))
      },
      async broken(options) {
        const after = await size()
        return after >= numberIn(options, 'keys')
          ? { entriesBefore: before, entriesAfter: after }
          : null
      },
      mend: async () => undefined,
      whole: answers,
    },
    pause: {
      rung: 'SIGSTOP',
      inflict: () => store.pause.pause(store.child.pid),
      broken: async () => ((await replies(store)) ? null : { answers: false }),
      mend: () => store.pause.resume(),
      whole: async () => ((await replies(store)) ? { answers: true } : null),
    },
    'restart-empty': {
      rung: 'process',
      async inflict() {
        before = await size()
        await store.child.kill()
      },
      broken: async () =>
        before === 0 || (await replies(store)) ? null : { entriesBefore: before, answers: false },
      async mend() {
        const fresh = await started(store.site, store.program, store.config)
        store.child = fresh.child
        store.port = fresh.port
        replaced(fresh.child)
        await store.moved()
      },
      whole: answers,
    },
  }
}

function replies({ port }: Own): Promise<boolean> {
  const question: StoreRequest = { id: 0, op: 'find', key: '', requestId: '', keepUntilMs: 0 }
  return repliesAt(port, `${JSON.stringify(question)}\n`)
}
