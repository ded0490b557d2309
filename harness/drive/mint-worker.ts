/** A minting thread: signs what it is asked for, so that the thread that keeps time never signs. */
import { parentPort, workerData } from 'node:worker_threads'
import { mintText } from '../jwt/mint.ts'
import type { MintContext, MintedSource } from '../jwt/mint.ts'

/** What is asked for in one message, as JSON: it costs both threads less than a copy of the objects. */
export type MintBatch = readonly (readonly [source: MintedSource, atUs: number])[]

/** In the order of the batch, each text on a line of its own; an empty line for what could not be made. */
export interface MintReply {
  readonly texts: string
  readonly refused: readonly (readonly [at: number, error: unknown])[]
}

const context: MintContext = workerData

parentPort?.on('message', (asked: string) => {
  const batch: MintBatch = JSON.parse(asked)
  const refused: [number, unknown][] = []
  const texts = batch.map(([source, atUs], at) => {
    try {
      return mintText(source, atUs, context)
    } catch (error) {
      refused.push([at, error])
      return ''
    }
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage({ texts: texts.join('\n'), refused } satisfies MintReply)
})

// The thread has loaded: an empty answer to nobody's question.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
parentPort?.postMessage({ texts: '', refused: [] } satisfies MintReply)
