/** The process of a replay store with a flaw of its own: wide gaps between lookup and saving, or little room. */
import { timer } from '../../harness/clock.ts'
import { answerParent, endWithParent } from '../levers/parent.ts'
import { replayMemory } from '../reference/memory.ts'
import { serveStore } from '../reference/store-server.ts'
import { boundedMemory } from './bounded-memory.ts'
import type { StoreFlaw } from './flaw.ts'
import { gather } from './gather.ts'

endWithParent()
answerParent('program', (body) => {
  if (!isStoreFlaw(body)) throw new TypeError('not the flaw of a store')
  const { gathers, remembers } = body
  return serveStore(
    gathers === null ? null : gather(gathers, timer),
    remembers === null ? replayMemory() : boundedMemory(remembers),
  )
})

function isStoreFlaw(body: unknown): body is StoreFlaw {
  return typeof body === 'object' && body !== null && 'gathers' in body && 'remembers' in body
}
