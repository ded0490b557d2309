/** Everybody who can put load on a token endpoint, on the same server, in turn, several times over. */
import { machineClock } from '../harness/clock.ts'
import { answering } from './answering.ts'
import type { Contender } from './contender.ts'
import { median, type Say } from './figure.ts'
import { ourselves } from './contenders/ourselves.ts'
import { autocannonFixed, autocannonVaried } from './contenders/autocannon.ts'
import { artillery } from './contenders/artillery.ts'
import { k6 } from './contenders/k6.ts'
import { wrk } from './contenders/wrk.ts'

export type ContenderName =
  'ourselves' | 'autocannonFixed' | 'autocannonVaried' | 'wrk' | 'k6' | 'artillery'

const CONTENDERS: readonly (readonly [ContenderName, Contender])[] = [
  ['autocannonFixed', autocannonFixed],
  ['ourselves', ourselves],
  ['autocannonVaried', autocannonVaried],
  ['wrk', wrk],
  ['k6', k6],
  ['artillery', artillery],
]

const ROUNDS = Number(process.env['CUPEL_BENCH_ROUNDS'] ?? 3)
const WARM_UP_SECONDS = 1
const SECONDS = 2

export type Rates = ReadonlyMap<ContenderName, number>

let held: Promise<Rates> | null = null

/** Requests a second of each, as the server counted them: the median of its rounds. Held once, whoever asks. */
export function contest(say: Say): Promise<Rates> {
  held ??= hold(say)
  return held
}

async function hold(say: Say): Promise<Rates> {
  const rates = new Map<ContenderName, number[]>()
  for (const [name, contender] of CONTENDERS) {
    const missing = await contender.missing()
    if (missing === null) rates.set(name, [])
    else say(`${contender.name}: skipped, ${missing}`)
  }
  for (let round = 0; round < ROUNDS; round++) {
    let mark = 0
    for (const [name, contender] of CONTENDERS) {
      const all = rates.get(name)
      if (all === undefined) continue
      const perSecond = await rateOf(contender, mark)
      all.push(perSecond)
      if (mark === 0) mark = perSecond
      say(`${contender.name}: ${Math.round(perSecond)}/s`)
    }
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]))
}

/** From a second after its first request on, for so long. */
async function rateOf(contender: Contender, mark: number): Promise<number> {
  const clock = machineClock()
  const server = await answering()
  const over = new AbortController()
  try {
    const seconds = WARM_UP_SECONDS + SECONDS + 0.5
    const running = contender.run({ server, seconds, over: over.signal, mark })
    const ended = running.then(() => true)
    while ((await server.count()) === 0) {
      const early = await Promise.race([ended, clock.sleepUntil(clock.nowUs() + 100_000)])
      if (early === true) throw new Error(`${contender.name} sent nothing`)
    }
    await clock.sleepUntil(clock.nowUs() + WARM_UP_SECONDS * 1e6)
    const [before, fromUs] = [await server.count(), clock.nowUs()]
    await clock.sleepUntil(clock.nowUs() + SECONDS * 1e6)
    const [after, toUs] = [await server.count(), clock.nowUs()]
    over.abort()
    await running
    return (after - before) / ((toUs - fromUs) / 1e6)
  } finally {
    server.stop()
  }
}
