import { answering } from '../answering.ts'
import type { Figure } from '../figure.ts'
import { ownRun } from '../own.ts'

/** More than it can do alone, so that whoever can, does: what there is to say to another thread comes in handfuls then. */
const PER_SECOND = 6_000
const SHORT_SECONDS = 1
const LONG_SECONDS = 6

/**
 * How many requests the thread that keeps time and judges can do in a second that is all its own, sending them itself or
 * having them sent: what a longer run takes of its processor time beyond a shorter one, so that start and planning are no
 * part of it.
 */
export const sending: readonly Figure[] = [
  of('judged requests per second of the one thread that sends and judges', 0),
  of('judged requests per second of the thread that judges, another sending', 1),
]

function of(name: string, senders: number): Figure {
  return {
    name,
    unit: '/s',
    goal: null,
    async measure(say) {
      const server = await answering()
      try {
        await workOf(server.port, SHORT_SECONDS, senders)
        const short = await workOf(server.port, SHORT_SECONDS, senders)
        const long = await workOf(server.port, LONG_SECONDS, senders)
        const [seconds, sent] = [long.seconds - short.seconds, long.sent - short.sent]
        say(`${sent} requests took ${seconds.toPrecision(3)} s of processor time`)
        return sent / seconds
      } finally {
        server.stop()
      }
    },
  }
}

/** Minting is done before the first is due, by threads of its own. */
async function workOf(
  port: number,
  seconds: number,
  senders: number,
): Promise<{ readonly seconds: number; readonly sent: number }> {
  const before = process.threadCpuUsage()
  const count = PER_SECOND * seconds
  const leadInUs = 2e6 + count * 150
  const pace = { aheadUs: leadInUs + seconds * 1e6, leadInUs, connections: 50, mostAhead: count }
  const sent = await ownRun(
    { port, perSecond: PER_SECOND, seconds, pace, senders },
    ({ record }) => record.generator.sent,
  )
  const { user, system } = process.threadCpuUsage(before)
  return { seconds: (user + system) / 1e6, sent }
}
