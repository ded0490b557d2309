/** Reads or judges a history, and tells what that took: `node bench/reader.ts read|judge FILE`. */
import { machineClock } from '../harness/clock.ts'
import { readHistory } from '../harness/history/reader.ts'
import { openJudge } from '../harness/oracle/judge.ts'
import { JUDGING } from './judge-history.ts'

export interface Told {
  readonly observed: number
  readonly seconds: number
  readonly perSecond: number
  readonly peakMiB: number
}

const [what, file = ''] = process.argv.slice(2)
const judge = what === 'judge' ? openJudge(JUDGING, 'rfc7523bis') : null
const clock = machineClock()
const begunUs = clock.nowUs()
let observed = 0
for await (const event of readHistory(file)) {
  if (event.kind === 'observed') observed += 1
  judge?.see(event)
}
judge?.conclude()
const seconds = (clock.nowUs() - begunUs) / 1e6
const told: Told = {
  observed,
  seconds: Number(seconds.toPrecision(4)),
  perSecond: Math.round(observed / seconds),
  peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
}
process.stdout.write(JSON.stringify(told))
