import { answering } from '../answering.ts'
import type { Figure } from '../figure.ts'
import { ownRun } from '../own.ts'

const PER_SECOND = 2_000
const SHORT_SECONDS = 2
const LONG_SECONDS = 10

/**
 * How many requests one thread can send and judge in a second that is all its own: what a longer run takes of its processor
 * time beyond a shorter one, so that start and planning are no part of it.
 */
export const sending: Figure = {
  name: 'judged requests per second of the sending thread',
  unit: '/s',
  goal: null,
  async measure(say) {
    const server = await answering()
    try {
      await workOf(server.port, SHORT_SECONDS)
      const short = await workOf(server.port, SHORT_SECONDS)
      const long = await workOf(server.port, LONG_SECONDS)
      const [seconds, sent] = [long.seconds - short.seconds, long.sent - short.sent]
      say(`${sent} requests took ${seconds.toPrecision(3)} s of processor time`)
      return sent / seconds
    } finally {
      server.stop()
    }
  },
}

/** Minting is done before the first is due, by threads of its own. */
async function workOf(
  port: number,
  seconds: number,
): Promise<{ readonly seconds: number; readonly sent: number }> {
  const before = process.threadCpuUsage()
  const pace = { aheadUs: 30e6, leadInUs: 6e6, connections: 50 }
  const sent = await ownRun(
    { port, perSecond: PER_SECOND, seconds, pace },
    ({ record }) => record.generator.sent,
  )
  const { user, system } = process.threadCpuUsage(before)
  return { seconds: (user + system) / 1e6, sent }
}
