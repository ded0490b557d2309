/** How fast a history is judged, in processor time of the thread that judges, and how fast it is read. */
import { openJudge } from '../../harness/oracle/judge.ts'
import type { HistoryEvent } from '../../harness/model/history.ts'
import { median, type Figure, type Say } from '../figure.ts'
import { history, JUDGING, type Shape } from '../judge-history.ts'

const OBSERVATIONS = 300_000
const TIMES = 5

/** As under load: three keys in ten come two to four times, the last of them within 2,000 presentations. */
const MIXED: Shape = {
  observations: OBSERVATIONS,
  replayed: 0.3,
  spread: 2_000,
  perSecond: 20_000,
  lifetimeSeconds: 300,
}

export const judging: readonly Figure[] = [
  judged('observations judged per second and core', MIXED, 1_000_000),
  judged(
    'observations judged per second and core, all replayed',
    { ...MIXED, replayed: 1 },
    500_000,
  ),
  {
    name: 'observations judged over a bare map of their groups',
    unit: 'ratio',
    goal: null,
    async measure(say) {
      const events = [...history(MIXED)]
      const folds = median(Array.from({ length: TIMES }, () => perSecond(() => folded(events))))
      say(`a map alone takes ${Math.round(folds)} a second`)
      return ratesOf(events, say) / folds
    },
  },
]

function judged(name: string, shape: Shape, goal: number): Figure {
  return {
    name,
    unit: 'per s',
    goal: { atLeast: goal },
    measure: async (say) => ratesOf([...history(shape)], say),
  }
}

function ratesOf(events: readonly HistoryEvent[], say: Say): number {
  const rates = Array.from({ length: TIMES }, () => perSecond(() => judgedAll(events)))
  say(`${rates.map((rate) => Math.round(rate / 1000)).join(', ')} thousand a second`)
  return median(rates)
}

function judgedAll(events: readonly HistoryEvent[]): void {
  const judge = openJudge(JUDGING, 'rfc7523bis')
  for (const event of events) judge.see(event)
  const { convictions, complete } = judge.conclude()
  if (!complete || convictions.length > 0) throw new Error('judged wrongly')
}

/** The least that any judge of replays has to do: find what was presented before, and forget it after the last time. */
function folded(events: readonly HistoryEvent[]): void {
  const groups = new Map<string, HistoryEvent[]>()
  for (const event of events) {
    if (event.kind !== 'observed') continue
    for (const { key, last } of event.presented) {
      if (key === null) continue
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [event])
      else group.push(event)
      if (last) groups.delete(key)
    }
  }
}

function perSecond(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (OBSERVATIONS / (user + system)) * 1e6
}
