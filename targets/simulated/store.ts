/** The replay store inside a simulation: one memory on a clock of its own, and what can happen to a store. */
import { saidTo, type ReplayMemory } from '../reference/memory.ts'
import type { StoreReply, StoreRequest } from '../reference/store-protocol.ts'
import type { BeforeAbsent } from '../reference/store-server.ts'
import { simulatedClock, type SimulatedClock } from './clock.ts'
import type { Reply } from './link.ts'
import type { EventQueue } from './queue.ts'

export type StoreQuestion = Omit<StoreRequest, 'id'>

export interface SimulatedStore {
  readonly clock: SimulatedClock
  readonly state: 'up' | 'paused' | 'down'
  /** How many keys it holds. */
  readonly size: number
  ask(question: StoreQuestion, reply: Reply<StoreReply['said']>): void
  /** Forgets everything. */
  flush(): void
  /** Puts so many keys of somebody else's in, which push ours out where there is room for few. */
  fill(keys: number): void
  /** Answers nobody until it is resumed, and then all who asked. */
  pause(): void
  resume(): void
  /** Refuses every connection until it is started again, with what it held. */
  stop(): void
  start(): void
}

export interface StoreOptions {
  /** Called at the start and after a flush. */
  readonly memory: () => ReplayMemory
  readonly beforeAbsent: BeforeAbsent | null
}

/** How long somebody else's keys are kept. */
const FOREIGN_MS = 3_600_000

export function simulatedStore(
  queue: EventQueue,
  { memory: fresh, beforeAbsent }: StoreOptions,
): SimulatedStore {
  const clock = simulatedClock(queue)
  const parked: { readonly act: () => void; readonly reset: () => void }[] = []
  let memory = fresh()
  let foreign = 0
  let state: 'up' | 'paused' | 'down' = 'up'

  const answer = (question: StoreQuestion, reply: Reply<StoreReply['said']>): void => {
    const said = saidTo(question, memory, clock.nowUs() / 1000)
    // Whoever waits here has looked already: what is saved meanwhile comes too late.
    if (said === 'absent' && beforeAbsent !== null) {
      beforeAbsent(question.key, () => reply.answer(said))
      reply.hold()
    } else reply.answer(said)
  }
  return {
    clock,
    get state() {
      return state
    },
    get size() {
      return memory.size
    },
    ask(question, reply) {
      if (state === 'down') return reply.reset()
      if (state === 'up') return answer(question, reply)
      parked.push({ act: () => answer(question, reply), reset: () => reply.reset() })
      return reply.hold()
    },
    flush() {
      memory = fresh()
    },
    fill(keys) {
      const untilMs = clock.nowUs() / 1000 + FOREIGN_MS
      for (let each = 0; each < keys; each++) memory.save(`foreign ${foreign++}`, '', untilMs)
    },
    pause() {
      state = 'paused'
    },
    resume() {
      state = 'up'
      for (const { act } of parked.splice(0)) act()
    },
    stop() {
      state = 'down'
      for (const { reset } of parked.splice(0)) reset()
    },
    start() {
      state = 'up'
    },
  }
}
