/** What a child process of ours does about its parent: it answers it, and it ends with it. */
import type { Json } from '../../harness/model/plan.ts'

/** What goes over the IPC channel. A channel keeps the questions to a preload apart from those to the program itself. */
export interface Question {
  readonly channel: string
  readonly id: number
  readonly body: Json
}
export type Reply =
  | { readonly channel: string; readonly id: number; readonly answer: Json }
  | { readonly channel: string; readonly id: number; readonly error: string }

/** The reply that nobody asked for: the program listens now. What is sent earlier may be lost to a preload. */
export const LISTENING = -1

/** Answers the questions of one channel from now on. */
export function answerParent(channel: string, answer: (body: Json) => Json | Promise<Json>): void {
  process.on('message', (message: unknown) => {
    if (!isQuestion(message) || message.channel !== channel) return
    const { id, body } = message
    void (async () => answer(body))().then(
      (given) => tell({ channel, id, answer: given }),
      (error: unknown) =>
        tell({ channel, id, error: error instanceof Error ? error.message : String(error) }),
    )
  })
  tell({ channel, id: LISTENING, answer: null })
}

/**
 * Ends this process when its parent is gone, however it went: the channel closes even after `kill -9`. A parent that
 * died before this was called is noticed too.
 */
export function endWithParent(): void {
  if (!process.connected) process.exit(0)
  process.on('disconnect', () => process.exit(0))
}

function tell(reply: Reply): void {
  if (!process.connected) return
  // The callback takes the error of a channel that closes meanwhile, which `send` would otherwise emit on the process.
  process.send?.(reply, undefined, undefined, () => undefined)
}

function isQuestion(message: unknown): message is Question {
  return (
    typeof message === 'object' &&
    message !== null &&
    'channel' in message &&
    'id' in message &&
    'body' in message
  )
}
