/**
 * Judges histories of servers that do nothing wrong, by the million, and stops at the first conviction with the smallest
 * world that it could be brought down to. The same seed draws the same worlds, however many processes share them.
 *
 * npm run soundness -- --runs 1000000 [--seed 1] [--processes 1]
 */
import { fork, type ChildProcess } from 'node:child_process'
import { parseArgs } from 'node:util'
import { machineClock } from '../harness/clock.ts'
import { entry } from '../harness/entry.ts'
import { settings } from '../test/unit/worlds/right-worlds.ts'
import { checkWorlds, obliges, told } from '../test/unit/worlds/soundness.ts'

/** How many histories are judged between two words about them. */
const AT_A_TIME = 5_000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: '1' },
    /** Which of the processes this is; set for those that the first one starts. */
    part: { type: 'string' },
  },
})

/** What a process has done so far, or the failure that it found. */
interface Word {
  readonly histories: number
  readonly observations: number
  readonly failure: string | null
}

const [runs, seed, processes] = [values.runs, values.seed, values.processes].map(whole)
const shares = Math.ceil((runs ?? 1) / AT_A_TIME)
if (values.part === undefined) process.exitCode = await shareOut()
else judgeShare(whole(values.part), (word) => void process.send?.(word))

function whole(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new RangeError(`${text} is no whole number`)
}

/** Judges every share whose number is this part's in turn; each has a seed of its own. */
function judgeShare(part: number, tell: (word: Word) => void): void {
  for (let share = part; share < shares; share += processes ?? 1) {
    const left = (runs ?? 0) - share * AT_A_TIME
    const soundness = checkWorlds(settings, {
      seed: (seed ?? 0) + share,
      runs: Math.min(AT_A_TIME, left),
      convicts: obliges,
    })
    const { histories, observations } = soundness.seen
    const failure = soundness.details.failed ? told(soundness) : null
    tell({ histories, observations, failure })
    if (failure !== null) return
  }
}

/** 0 when nobody was convicted, 1 when somebody was, 255 when a process died. */
async function shareOut(): Promise<number> {
  const clock = machineClock()
  const begunUs = clock.nowUs()
  let histories = 0
  let observations = 0
  let failed = false
  const hear = (word: Word): void => {
    if (failed) return
    histories += word.histories
    observations += word.observations
    failed = word.failure !== null
    if (word.failure !== null) console.log(word.failure)
    const seconds = Math.round((clock.nowUs() - begunUs) / 1e6)
    const so = failed ? 'somebody was convicted' : 'nobody was convicted'
    console.log(`${histories} of ${runs} histories, ${observations} requests, ${seconds} s: ${so}`)
  }
  if (processes === 1) {
    judgeShare(0, hear)
    return failed ? 1 : 0
  }
  const children = Array.from({ length: processes ?? 1 }, (_, part) =>
    fork(entry(import.meta, './soundness'), [...process.argv.slice(2), '--part', String(part)]),
  )
  const stop = (): void => {
    for (const child of children) child.kill()
  }
  const codes = await Promise.all(
    children.map((child) =>
      endOf(child, (word) => {
        hear(word)
        if (failed) stop()
      }),
    ),
  )
  if (failed) return 1
  return codes.every((code) => code === 0) ? 0 : 255
}

function endOf(child: ChildProcess, hear: (word: Word) => void): Promise<number | null> {
  return new Promise((resolve) => {
    child.on('message', (word: Word) => hear(word))
    child.once('close', (code) => resolve(code))
  })
}
