/** A function is asked like a server: the same stamps, the same limits, and it cannot make the wire reject. */
import { expect, test } from 'vitest'
import type { Clock, RawAnswer } from '../../../harness/model/target.ts'
import { openWires } from '../../../harness/wire/wires.ts'
import { causeOf, clock, LIMITS, never, post } from './servers.ts'

const OK: RawAnswer = { status: 200, headers: {}, body: Buffer.from('ok') }
const wires = openWires(clock, { ...LIMITS, answerMs: 50 })

test('stamps before the call and after its promise', async () => {
  let calledUs = 0
  let doneUs = 0
  const wire = wires.call(async () => {
    calledUs = clock.nowUs()
    await clock.sleepUntil(calledUs + 5000)
    doneUs = clock.nowUs()
    return OK
  })
  const exchange = await wire.send(post('a'), never)
  expect(exchange.begunUs).toBeLessThanOrEqual(calledUs)
  expect(exchange.releasedUs).toBe(exchange.begunUs)
  expect(exchange.answeredUs).toBeGreaterThanOrEqual(doneUs)
  expect(exchange.raw).toBe(OK)
})

test('calls at the release and not before', async () => {
  let calls = 0
  const wire = wires.call(async () => {
    calls++
    return OK
  })
  const held = await wire.hold(post('a', 1), never)
  expect(calls).toBe(0)
  const exchange = await held.release()
  expect([calls, exchange.releasedUs]).toEqual([1, exchange.begunUs])
})

test.each([
  ['throws: a reset', (): Promise<RawAnswer> => Promise.reject(new Error('no')), 'reset'],
  ['never settles: a time-out', (): Promise<RawAnswer> => new Promise(() => {}), 'timeout'],
  [
    'answers too much',
    async (): Promise<RawAnswer> => ({ ...OK, body: Buffer.alloc(LIMITS.answerBytes + 1) }),
    'too-large',
  ],
  ['says that nothing came', async (): Promise<RawAnswer> => ({ cause: 'unsent' }), 'unsent'],
])('a function that %s', async (_name, verify, cause) => {
  const exchange = await wires.call(verify).send(post('a'), never)
  expect([causeOf(exchange), exchange.answeredUs]).toEqual([cause, null])
})

test('lives in the time it is given', async () => {
  let nowUs = 10
  const own: Clock = { nowUs: () => nowUs, sleepUntil: () => new Promise(() => {}) }
  const wire = wires.call(async () => {
    nowUs = 25
    return OK
  }, own)
  expect(await wire.send(post('a'), never)).toMatchObject({
    begunUs: 10,
    releasedUs: 10,
    answeredUs: 25,
  })
})

test('numbers its connections, each from its first use to the next', async () => {
  const [one, two] = [wires.call(async () => OK), wires.call(async () => OK)]
  const first = await one.send(post('a'), never)
  const again = await one.send(post('a'), never)
  const other = await two.send(post('a'), never)
  expect([first.reused, again.reused, other.reused]).toEqual([false, true, false])
  expect(again.connection).toBe(first.connection)
  expect(other.connection).not.toBe(first.connection)
})
