/**
 * A preload (`node --import …`) that lets the parent move what this process takes for the time.
 *
 * Only Date is faked, and set from the real clock every millisecond and at the start of every request. Fake-timers'
 * own `shouldAdvanceTime` would lose whatever the event loop was blocked for (decisions.md, "A clock for a live node").
 */
import { Server, ServerResponse } from 'node:http'
import FakeTimers from '@sinonjs/fake-timers'
import { answerParent } from './parent.ts'

const realNow = Date.now.bind(Date)
const clock = FakeTimers.install({ toFake: ['Date'], now: realNow() })
let offsetMs = 0
/** How much of the time that passed since `sinceMs` the clock gained, in millionths. */
let ppm = 0
let sinceMs = realNow()

setInterval(advance, 1).unref()

before(Server.prototype, 'emit', (_server, [event]) => {
  if (event === 'request') advance()
})

// Node's own Date header comes from a cache of the real clock.
before(ServerResponse.prototype, 'writeHead', (response) => {
  if (!(response instanceof ServerResponse) || response.headersSent || !response.sendDate) return
  response.setHeader('Date', new Date().toUTCString())
})

/**
 * A number moves the clock to that many milliseconds from the real one, `{ ppm }` lets it drift from where it is; anything
 * else only asks what it reads.
 */
answerParent('clock', (body) => {
  if (typeof body === 'number') turn(body, ppm)
  else if (typeof body === 'object' && body !== null && 'ppm' in body)
    turn(offset(), Number(body['ppm']))
  advance()
  return { clock: Date.now() }
})

function turn(toMs: number, nextPpm: number): void {
  offsetMs = toMs
  ppm = nextPpm
  sinceMs = realNow()
}

function offset(): number {
  return ppm === 0 ? offsetMs : offsetMs + ((realNow() - sinceMs) * ppm) / 1e6
}

function advance(): void {
  clock.setSystemTime(Math.floor(realNow() + offset()))
}

/** Lets something happen before each call of a method, whoever calls it. */
function before(
  owner: object,
  method: string,
  act: (self: unknown, args: readonly unknown[]) => void,
): void {
  const original: unknown = Reflect.get(owner, method)
  if (typeof original !== 'function') throw new TypeError(`${method} is not a method`)
  const watched = new Proxy(original, {
    apply(target, self: unknown, args: readonly unknown[]): unknown {
      act(self, args)
      return Reflect.apply(target, self, args)
    },
  })
  Reflect.set(owner, method, watched)
}
