/** The replay store inside a simulation: one memory on a clock of its own, and what can happen to a store. */
import { saidTo, type ReplayMemory } from '../reference/memory.ts'
import type { Said } from '../reference/asking.ts'
import type { StoreRequest } from '../reference/store-protocol.ts'
import type { BeforeAbsent } from '../reference/store-server.ts'
import { simulatedClock, type SimulatedClock } from './clock.ts'
import type { Reply } from './link.ts'
import type { EventQueue } from './queue.ts'

export type StoreQuestion = Omit<StoreRequest, 'id'>

export type Taking = 'everything' | 'nothing-new' | 'no-change'

export interface SimulatedStore {
  readonly clock: SimulatedClock
  readonly state: 'up' | 'paused' | 'down'
  /** How many keys it holds. */
  readonly size: number
  ask(question: StoreQuestion, reply: Reply<Said>): void
  /** Forgets everything. */
  flush(): void
  /** Puts so many keys of somebody else's in, which push ours out where there is room for few. */
  fill(keys: number): void
  /** Answers nobody until it is resumed, and then all who asked. */
  pause(): void
  resume(): void
  /** What it takes: everything, nothing new, or nothing that changes it. Whoever asks for more is told that it cannot be done. */
  readonly takes: Taking
  limit(to: Taking): void
  /** A replica takes over that had not heard of the last seconds: what was put in since is gone. */
  failOver(seconds: number): void
  /** Refuses every connection until it is started again, with what it held. */
  stop(): void
  start(): void
}

export interface StoreOptions {
  /** Called at the start and after a flush. */
  readonly memory: () => ReplayMemory
  readonly beforeAbsent: BeforeAbsent | null
}

const NONE: ReadonlySet<string> = new Set()
const NEW: ReadonlySet<string> = new Set(['insert', 'save'])
const CHANGES: ReadonlySet<string> = new Set(['insert', 'save', 'release'])
const REFUSED = { everything: NONE, 'nothing-new': NEW, 'no-change': CHANGES }

/** How far back what was put in can be told, in microseconds: no replica lags further behind. */
const LATELY_US = 10_000_000

/** What is too old to be told is removed when the list has doubled since it last was, so that each entry costs O(1). */
const LEAST_BEFORE_TIDYING = 1024

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
  let takes: Taking = 'everything'
  const lately = journal(() => queue.nowUs())

  const answer = (question: StoreQuestion, reply: Reply<Said>): void => {
    if (REFUSED[takes].has(question.op)) return reply.answer('unavailable')
    lately.note(question)
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
    flush: () => void (memory = fresh()),
    get takes() {
      return takes
    },
    limit: (to) => void (takes = to),
    failOver(seconds) {
      for (const key of lately.since(seconds)) memory.release(key)
    },
    fill: (keys) => fillWith(memory, foreign++, keys, clock),
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
    start: () => void (state = 'up'),
  }
}

/** Each time with other keys. */
function fillWith(memory: ReplayMemory, batch: number, keys: number, clock: SimulatedClock): void {
  const untilMs = clock.nowUs() / 1000 + FOREIGN_MS
  for (let each = 0; each < keys; each++) memory.save(`foreign ${batch} ${each}`, '', untilMs)
}

interface Journal {
  note(question: StoreQuestion): void
  /** The keys that were put in within the last seconds; they are forgotten here. */
  since(seconds: number): readonly string[]
}

function journal(nowUs: () => number): Journal {
  const entries: { readonly key: string; readonly atUs: number }[] = []
  let tidyAt = LEAST_BEFORE_TIDYING
  return {
    note({ op, key }) {
      if (!NEW.has(op)) return
      const atUs = nowUs()
      entries.push({ key, atUs })
      if (entries.length < tidyAt) return
      // Many at a time: to take the first out of a list moves all others.
      entries.splice(
        0,
        entries.findIndex((each) => each.atUs >= atUs - LATELY_US),
      )
      tidyAt = Math.max(LEAST_BEFORE_TIDYING, 2 * entries.length)
    },
    since(seconds) {
      const fromUs = nowUs() - seconds * 1e6
      return entries.splice(0).flatMap(({ key, atUs }) => (atUs >= fromUs ? [key] : []))
    },
  }
}
