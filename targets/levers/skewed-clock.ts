/**
 * A preload (`node --import …`) that lets the parent move what this process takes for the time.
 *
 * Only Date is faked, and set from the real clock every millisecond and at the start of every request. Fake-timers'
 * own `shouldAdvanceTime` would lose whatever the event loop was blocked for (decisions.md, "A clock for a live node").
 */
import { Server, ServerResponse } from 'node:http'
import FakeTimers from '@sinonjs/fake-timers'
import type { Json } from '../../harness/model/plan.ts'
import { answerParent } from './parent.ts'

const realNow = Date.now.bind(Date)
const clock = FakeTimers.install({ toFake: ['Date'], now: realNow() })
let offsetMs = 0

function advance(): void {
  clock.setSystemTime(realNow() + offsetMs)
}

setInterval(advance, 1).unref()

const emit = Server.prototype.emit
Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]) {
  if (event === 'request') advance()
  return Reflect.apply(emit, this, [event, ...rest]) as boolean
} as typeof emit

const writeHead = ServerResponse.prototype.writeHead
ServerResponse.prototype.writeHead = function (this: ServerResponse, ...head: unknown[]) {
  // Node's own Date header comes from a cache of the real clock.
  if (!this.headersSent && this.sendDate) this.setHeader('Date', new Date().toUTCString())
  return Reflect.apply(writeHead, this, head) as ServerResponse
} as typeof writeHead

// A number moves the clock to that many milliseconds from the real one; anything else only asks what it reads.
answerParent('clock', (body): Json => {
  if (typeof body === 'number') offsetMs = body
  advance()
  return { clock: Date.now() }
})
