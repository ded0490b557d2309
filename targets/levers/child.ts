/** Starts a program of ours in a process of its own, asks it things, and ends it. */
import { fork, type ChildProcess } from 'node:child_process'
import { timer } from '../../harness/clock.ts'
import { CupelError } from '../../harness/errors.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Site } from '../../harness/model/target.ts'
import { plainOutput } from '../plain-text.ts'
import { LISTENING, type Question, type Reply } from './parent.ts'

export interface Child {
  readonly name: string
  readonly pid: number
  /**
   * Asks over IPC. Rejects with ERR_TARGET_START when the child refuses, has ended, or does not answer in time.
   *
   * @param channel `program` asks what `answerParent('program', …)` serves; preloads have channels of their own.
   * @param withinMs How long the answer may take; 5 s when absent.
   */
  ask(channel: string, body: Json, withinMs?: number): Promise<Json>
  /** SIGTERM, and SIGKILL if that does not do within a second. Resolves when the process is gone; never rejects. */
  stop(): Promise<void>
  /** SIGKILL. Resolves when the process is gone; never rejects. */
  kill(): Promise<void>
}

export interface ChildOptions {
  readonly name: string
  /** Found by `entry`, so that it also exists in the built package. */
  readonly module: URL
  /** Imported before the module. */
  readonly preloads: readonly URL[]
}

const START_MS = 20_000
const ANSWER_MS = 5_000
const TERM_MS = 1_000
const TAIL_CHARACTERS = 2_000

/**
 * Starts a child and resolves when its program listens.
 *
 * It is detached, so that a terminal's Ctrl-C reaches the harness alone, and its program ends when the IPC channel
 * closes, so that nothing is left behind by a parent that was killed (decisions.md, "Signals and left-over processes").
 *
 * @throws {CupelError} ERR_TARGET_START with the end of what the child wrote to stderr; what `adopt` throws.
 */
export async function startChild(site: Pick<Site, 'adopt'>, options: ChildOptions): Promise<Child> {
  const running = fork(options.module, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Whatever the parent was started with (a test runner, an inspector) is not the child's.
    execArgv: options.preloads.flatMap((preload) => ['--import', preload.href]),
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const ended = endOf(running)
  const stderr = tailOf(running)
  await book(site, running, { name: options.name, ended })
  const failed = (what: string): CupelError =>
    new CupelError('ERR_TARGET_START', `${options.name} ${what}`, {
      hint: stderr() === '' ? 'It wrote nothing to stderr.' : `The end of its stderr:\n${stderr()}`,
    })
  const replies = repliesOf(running, ended, failed)
  const child: Child = {
    name: options.name,
    pid: running.pid ?? -1,
    ask: (channel, body, withinMs) => replies.ask(channel, body, withinMs),
    stop: () => stop(running, ended),
    async kill() {
      running.kill('SIGKILL')
      await ended
    },
  }
  try {
    await replies.listening
    return child
  } catch (error) {
    await child.stop()
    throw error
  }
}

/** A process that cannot be put on the list of those to clean up does not go on. */
async function book(
  site: Pick<Site, 'adopt'>,
  running: ChildProcess,
  { name, ended }: { readonly name: string; readonly ended: Promise<void> },
): Promise<void> {
  if (running.pid === undefined) return
  try {
    void ended.then(site.adopt(running.pid, name))
  } catch (error) {
    await stop(running, ended)
    throw error
  }
}

function endOf(running: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    // Not `exit`: only then has all of stderr been read.
    running.once('close', () => resolve())
    running.once('error', () => running.pid === undefined && resolve())
  })
}

async function stop(running: ChildProcess, ended: Promise<void>): Promise<void> {
  running.kill('SIGTERM')
  const cancel = timer(TERM_MS, () => void running.kill('SIGKILL'))
  await ended
  cancel()
}

/** Keeps the end of stderr, for messages only. */
function tailOf(running: ChildProcess): () => string {
  let tail = ''
  running.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL_CHARACTERS)
  })
  return () => plainOutput(tail.trim())
}

interface Waiting {
  readonly resolve: (answer: Json) => void
  readonly reject: (error: Error) => void
}

function repliesOf(
  running: ChildProcess,
  ended: Promise<void>,
  failed: (what: string) => CupelError,
): { readonly listening: Promise<Json>; readonly ask: Child['ask'] } {
  const waiting = new Map<number, Waiting>()
  let asked = 0
  const answerTo = (id: number, withinMs: number): Promise<Json> =>
    new Promise((resolve, reject) => {
      const late = (): CupelError => failed(`did not answer within ${withinMs} ms`)
      const cancel = timer(withinMs, () => waiting.get(id)?.reject(late()))
      const settle = (): void => {
        waiting.delete(id)
        cancel()
      }
      waiting.set(id, {
        resolve: (answer) => (settle(), resolve(answer)),
        reject: (error) => (settle(), reject(error)),
      })
    })
  running.on('message', (message: unknown) => {
    // A preload listens before the program does; only the program's word counts.
    if (!isReply(message) || (message.id === LISTENING && message.channel !== 'program')) return
    const one = waiting.get(message.id)
    if ('error' in message) one?.reject(failed(`refused: ${message.error}`))
    else one?.resolve(message.answer)
  })
  void ended.then(() => rejectAll(waiting, failed))
  return {
    listening: answerTo(LISTENING, START_MS),
    ask(channel, body, withinMs = ANSWER_MS) {
      if (!running.connected) return Promise.reject(failed('has ended'))
      const question: Question = { channel, id: ++asked, body }
      const answer = answerTo(question.id, withinMs)
      running.send(question, () => undefined)
      return answer
    },
  }
}

function rejectAll(
  waiting: ReadonlyMap<number, Waiting>,
  failed: (what: string) => CupelError,
): void {
  for (const one of waiting.values()) one.reject(failed('has ended'))
}

function isReply(message: unknown): message is Reply {
  return typeof message === 'object' && message !== null && 'channel' in message && 'id' in message
}
