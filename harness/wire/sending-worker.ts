/**
 * A sending thread: connects, sends and reads answers for the thread that keeps time, records and judges. Its stamps are of
 * the same monotonic clock.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { idle, machineClock } from '../clock.ts'
import { CupelError } from '../errors.ts'
import type { Exchange, Held, Wire } from '../model/target.ts'
import { Departures } from './departures.ts'
import { openHttp } from './http.ts'
import { HeaderBook, readMessage, writtenExchange } from './on-paper.ts'
import type { MessageOnPaper } from './on-paper.ts'
import type { Destination, Order, Refusal, SendingContext, Told } from './orders.ts'
import { outbox } from './outbox.ts'

interface Kept {
  readonly wire: Wire
  /** Gives up what is in flight. */
  until: AbortController
  /** Keeps what has not begun from being sent. */
  recall: AbortController
}

const { anchor, limits, spin }: SendingContext = workerData
const clock = machineClock(anchor)
const departures = new Departures(clock, spin)
const book = new HeaderBook()
const wires = new Map<number, Kept>()
const held = new Map<number, Held>()
const releasing: number[] = []
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
const tell: (told: Told) => void = outbox((text) => parentPort?.postMessage(text))

parentPort?.on('message', (text: string) => {
  const orders: readonly Order[] = JSON.parse(text)
  for (const order of orders) follow(order)
})

function follow(order: Order): void {
  switch (order[0]) {
    case 'open':
      return void open(order[1], order[2])
    case 'send':
      return send(order)
    case 'hold':
      return void hold(order[1], order[2], order[3])
    case 'release':
      return release(order[1])
    case 'give-up':
      return giveUp(order[1])
    case 'recall':
      return recall(order[1])
    case 'close':
      return close(order[1])
  }
}

async function open(number: number, { origin, tls, way }: Destination): Promise<void> {
  const lent = { clock, limits, connection: number, gone: () => tell(['gone', number]) }
  const { proxy, ...rest } = way
  const through = proxy === undefined ? rest : { ...rest, proxy: new URL(proxy) }
  try {
    const wire = await openHttp(new URL(origin), tls, lent, through)
    wires.set(number, { wire, until: new AbortController(), recall: new AbortController() })
    tell(['opened', number, wire.carries ?? 1])
  } catch (error) {
    tell(['unopened', number, refusalOf(error)])
  }
}

function send([, number, ask, message, atUs]: Extract<
  Order,
  readonly ['send', ...unknown[]]
>): void {
  const { wire, until, recall: off } = kept(number)
  // Given up or called off before its time, it is not sent.
  const go = (): void => {
    const { signal } = off.signal.aborted ? off : until
    void report(ask, wire.send(readMessage(message, book), signal))
  }
  if (atUs === 0) go()
  else departures.at(atUs, go)
}

async function hold(number: number, ask: number, message: MessageOnPaper): Promise<void> {
  const { wire, until } = kept(number)
  try {
    held.set(ask, await wire.hold(readMessage(message, book), until.signal))
    tell(['held', ask])
  } catch (error) {
    tell(['failed', ask, wordsOf(error)])
  }
}

/**
 * All of one turn together, with nothing awaited between the first and the last. What was answered before is read before, so
 * that the stamps show it.
 */
function release(ask: number): void {
  releasing.push(ask)
  if (releasing.length > 1) return
  void idle().then(() => {
    for (const each of releasing.splice(0)) {
      const one = held.get(each)
      if (one === undefined) throw new RangeError(`nothing is held for ${each}`)
      held.delete(each)
      void report(each, one.release())
    }
  })
}

async function report(ask: number, coming: Promise<Exchange>): Promise<void> {
  try {
    const exchange = await coming
    tell(['done', ask, writtenExchange(exchange, book)])
  } catch (error) {
    tell(['failed', ask, wordsOf(error)])
  }
}

/** With a wire that was closed nothing is in flight. */
function giveUp(number: number): void {
  const one = wires.get(number)
  if (one === undefined) return
  one.until.abort()
  one.until = new AbortController()
}

function recall(number: number): void {
  const one = wires.get(number)
  if (one === undefined) return
  one.recall.abort()
  one.recall = new AbortController()
}

function close(number: number): void {
  void kept(number).wire.close()
  wires.delete(number)
}

function kept(number: number): Kept {
  const one = wires.get(number)
  if (one === undefined) throw new RangeError(`nobody opened the wire ${number}`)
  return one
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof CupelError))
    return { code: 'ERR_INTERNAL', message: wordsOf(error), hint: null, detail: null }
  const { code, message, hint = null, detail = null } = error
  return { code, message, hint, detail }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
