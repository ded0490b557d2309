/** What one thread has to say to another goes in one message a turn: messages cost more than what is in them. */
import { idle } from '../clock.ts'

/**
 * Collects until everything that is ready to run has run, and posts it as one JSON list, which costs both threads less
 * than a copy of the objects.
 */
export function outbox(post: (text: string) => void): (item: unknown) => void {
  let waiting: unknown[] = []
  const send = (): void => {
    const all = waiting
    waiting = []
    post(JSON.stringify(all))
  }
  return (item) => {
    waiting.push(item)
    if (waiting.length === 1) void idle().then(send)
  }
}
