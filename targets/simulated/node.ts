/** A node inside a simulation: it does its work with the code of the live reference, and can die, sleep and start anew. */
import type { Random } from '../../harness/model/target.ts'
import { admission, type Admit } from '../reference/admission.ts'
import type { Asking, Said } from '../reference/asking.ts'
import type { Behaviour } from '../reference/behaviour.ts'
import type { AssertionUsage } from '../reference/decide.ts'
import type { SimulatedClock } from './clock.ts'
import type { Reply } from './link.ts'
import type { Registry } from '../reference/registry.ts'
import type { Published } from './published.ts'
import { openStanding, type Standing } from './standing.ts'
import type { AskStore } from './store-client.ts'

export interface SimulatedNode {
  readonly name: string
  readonly clock: SimulatedClock
  readonly state: 'up' | 'paused' | 'down'
  /** Whom it knows, since it was started. */
  readonly registry: Registry
  /** Does a piece of work, with all that it asks the store, and replies with what came of it. */
  serve<T>(work: (running: Running) => Asking<T>, reply: Reply<T>, draws: Random | null): void
  /** Ends it at once: whoever waits for it loses the connection, and what it alone remembered is gone. */
  kill(): void
  start(): void
  /** Does nothing until it is resumed, and then goes on where it was. */
  pause(): void
  resume(): void
}

/** What a started node works with. */
export interface Running {
  readonly admit: Admit
  readonly behaviour: Behaviour
  readonly standing: Standing
  /** The node's own clock. */
  readonly nowMs: () => number
}

export interface NodeOptions {
  readonly clock: SimulatedClock
  readonly askStore: AskStore
  readonly audiences: (usage: AssertionUsage) => readonly string[]
  /** Called whenever the node starts. */
  readonly behaviour: (nowMs: () => number) => Behaviour
  readonly published: Published
  /** Time that no fault sets back. */
  readonly nowSeconds: () => number
}

export function simulatedNode(name: string, options: NodeOptions): SimulatedNode {
  const { clock, askStore } = options
  const parked: (() => void)[] = []
  let running = started(options)
  let state: 'up' | 'paused' | 'down' = 'up'
  /** What was begun in an earlier life goes no further. */
  let lives = 0

  const goOn = (): void => {
    for (const act of parked.splice(0)) act()
  }
  return {
    name,
    clock,
    get state() {
      return state
    },
    get registry() {
      return running.standing.registry
    },
    serve(work, reply, draws) {
      if (state === 'down') return reply.reset()
      const asking = work(running)
      const life = lives
      const proceed = (said?: Said): void => {
        if (life !== lives) return reply.reset()
        if (state === 'paused') {
          parked.push(() => proceed(said))
          return reply.hold()
        }
        const step = said === undefined ? asking.next() : asking.next(said)
        if (step.done === true) reply.answer(step.value)
        else askStore(step.value, draws, proceed)
      }
      proceed()
    },
    kill() {
      lives += 1
      state = 'down'
      goOn()
    },
    start() {
      state = 'up'
      running = started(options)
    },
    pause() {
      state = 'paused'
    },
    resume() {
      state = 'up'
      goOn()
    },
  }
}

function started(options: NodeOptions): Running {
  const { clock, audiences, behaviour: make, published, nowSeconds } = options
  const nowMs = (): number => clock.nowUs() / 1000
  const behaviour = make(nowMs)
  return {
    behaviour,
    nowMs,
    admit: admission({ audiences, behaviour, nowMs }),
    standing: openStanding(behaviour, published, nowSeconds),
  }
}
