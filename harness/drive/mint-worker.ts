/** A minting thread: signs what it is asked for, so that the thread that keeps time never signs. */
import { parentPort, workerData } from 'node:worker_threads'
import { mintText } from '../jwt/mint.ts'
import type { MintContext, MintedSource } from '../jwt/mint.ts'
import { moulded } from '../jwt/mould.ts'

/**
 * What is asked for in one message, as JSON, which costs both threads less than a copy of the objects: moulds that were
 * not told before, by number, and then for each assertion a source, or the number of its mould and what it has of its own.
 */
export interface MintBatch {
  readonly moulds: readonly (readonly [id: number, source: MintedSource])[]
  readonly asked: readonly (readonly [source: MintedSource | number, stem: string, atUs: number])[]
}

/** In the order of the batch. */
export interface MintReply {
  /** A list of texts as JSON; an empty text for what could not be made. A text may hold any character, line breaks too. */
  readonly texts: string
  readonly refused: readonly (readonly [at: number, error: unknown])[]
}

const context: MintContext = workerData
const moulds = new Map<number, MintedSource>()

parentPort?.on('message', (asked: string) => {
  const batch: MintBatch = JSON.parse(asked)
  for (const [id, source] of batch.moulds) moulds.set(id, source)
  const refused: [number, unknown][] = []
  const texts = batch.asked.map(([source, stem, atUs], at) => {
    try {
      return mintText(typeof source === 'number' ? fromMould(source, stem) : source, atUs, context)
    } catch (error) {
      refused.push([at, error])
      return ''
    }
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage({ texts: JSON.stringify(texts), refused } satisfies MintReply)
})

function fromMould(id: number, stem: string): MintedSource {
  const source = moulds.get(id)
  if (source === undefined) throw new RangeError(`nobody told the mould ${id}`)
  return moulded(source, stem)
}

// The thread has loaded: an empty answer to nobody's question.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
parentPort?.postMessage({ texts: '[]', refused: [] } satisfies MintReply)
