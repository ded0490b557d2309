/** How long the page of a long run takes to write, and how large it is. */
import { openBooks } from '../../api/record.ts'
import { openJudge } from '../../harness/oracle/judge.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import { page } from '../../reports/html/page.ts'
import { historyOf } from '../../targets/simulated/history.ts'
import { median, type Figure, type Say } from '../figure.ts'
import { simulatedDay } from '../simulated-day.ts'

/** At 50 requests a second a little more than a million observations, and six partitions. */
const HOURS = 6
const TIMES = 5

export const pages: readonly Figure[] = [
  {
    name: 'page of a million observations, written',
    unit: 's',
    goal: { atMost: 3 },
    async measure(say) {
      const record = millionOf(say)
      const all = Array.from({ length: TIMES }, () => secondsOf(() => page(record)))
      say(`${all.map((seconds) => Math.round(seconds * 1000)).join(', ')} ms, the first cold`)
      return Math.max(median(all), all[0] ?? 0)
    },
  },
  {
    name: 'page of a million observations, size',
    unit: 'MB',
    goal: { atMost: 3 },
    measure: async (say) => Buffer.byteLength(page(millionOf(say))) / 1e6,
  },
]

let made: RunRecord | null = null

function millionOf(say: Say): RunRecord {
  made ??= recorded(say)
  return made
}

/** A quarter of a simulated day, judged; none of that is in the figures. */
function recorded(say: Say): RunRecord {
  const day = simulatedDay(HOURS)
  const [judge, books] = [openJudge(day.judging, 'rfc7523bis'), openBooks(day.judging, null)]
  let header = null
  let observed = 0
  for (const event of historyOf(day.world, day)) {
    if (event.kind === 'header') header = event
    if (event.kind === 'observed') observed += 1
    books.see(event)
    judge.see(event)
  }
  if (header === null) throw new Error('a history without a header')
  say(`${observed} observations`)
  return books.record([judge.conclude()], { header, interrupted: null })
}

/** Of the processor's time: others may want it, too. */
function secondsOf(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1e6
}
