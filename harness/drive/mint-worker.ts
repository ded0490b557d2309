/** The minting thread: signs what it is asked for, so that the thread that keeps time never signs. */
import { parentPort, workerData } from 'node:worker_threads'
import { mint } from '../jwt/mint.ts'
import type { MintContext, Minted, MintedSource } from '../jwt/mint.ts'

export interface MintRequest {
  readonly id: number
  readonly source: MintedSource
  readonly atUs: number
}

export type MintReply =
  | { readonly kind: 'minted'; readonly id: number; readonly minted: Minted }
  | { readonly kind: 'refused'; readonly id: number; readonly error: unknown }

const context: MintContext = workerData

parentPort?.on('message', (requests: readonly MintRequest[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage(requests.map(reply))
})

// The thread has loaded: an empty answer to nobody's question.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
parentPort?.postMessage([])

function reply({ id, source, atUs }: MintRequest): MintReply {
  try {
    return { kind: 'minted', id, minted: mint(source, atUs, context) }
  } catch (error) {
    return { kind: 'refused', id, error }
  }
}
