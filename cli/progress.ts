/** Progress on stderr: a bar per stage on a terminal, plain lines on a pipe. */
import { SingleBar } from 'cli-progress'
import type { Progress } from '../api/progress.ts'
import { machineClock } from '../harness/clock.ts'
import { memberOf, numberIn } from '../harness/json.ts'
import type { Json } from '../harness/model/plan.ts'
import type { Clock } from '../harness/model/target.ts'
import { progressBar, progressLine, type LiveFigures } from '../reports/progress.ts'

export interface ProgressTeller {
  watch(progress: Progress): void
  note(text: string): void
  end(): void
}

export function progressTeller({ quiet, json }: { quiet: boolean; json: boolean }): ProgressTeller {
  if (quiet) return { watch: () => undefined, note: () => undefined, end: () => undefined }
  return process.stderr.isTTY && !json ? bars() : lines()
}

/** A log whose last line is older looks as if nothing went on. */
const SILENCE_US = 30e6

/** A line when a stage begins, at each fault event, now and then, and when all of a stage was observed. */
function lines(): ProgressTeller {
  const clock = machineClock()
  const figures = follow(clock)
  let told = ''
  let toldUs = 0
  return {
    watch(progress) {
      const { total, done, fault } = progress
      const now = figures(progress)
      if (fault !== null) {
        console.error(`  ${fault}`)
      } else if (done === 0 || done === total || clock.nowUs() - toldUs > SILENCE_US) {
        const line = progressLine(now)
        // More may happen while all was sent, or nothing yet.
        const key = `${now.stage} ${done}`
        if (key === told) return
        console.error(line)
        told = key
        toldUs = clock.nowUs()
      }
    },
    note: (text) => {
      console.error(text)
    },
    end: () => undefined,
  }
}

/** One bar after the other, a stage each. */
function bars(): ProgressTeller {
  const figures = follow(machineClock())
  let bar: SingleBar | null = null
  let stage = 0
  let now: LiveFigures | null = null
  const end = (): void => {
    bar?.stop()
    bar = null
  }
  // Whatever ends the process: the bar hides the cursor, and only its end shows it again.
  process.once('exit', end)
  return {
    watch(progress) {
      if (bar === null || progress.stage !== stage) {
        end()
        stage = progress.stage
        now = figures(progress)
        bar = barOf((columns) => (now === null ? '' : progressBar(now, columns)))
        bar.start(progress.total, progress.done)
        return
      }
      now = figures(progress)
      bar.update(progress.done)
    },
    note(text) {
      end()
      console.error(text)
    },
    end() {
      end()
      process.off('exit', end)
    },
  }
}

function barOf(line: (columns: number) => string): SingleBar {
  return new SingleBar({
    format: (_, { maxWidth }: { maxWidth?: number }) => line(maxWidth ?? 80),
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
    linewrap: false,
    gracefulExit: false,
  })
}

/** Below that many microseconds a rate would only say how the first requests happened to fall. */
const LEAST_US = 500_000

/** Reads what a run tells of itself, and measures how fast a stage goes on. */
function follow(clock: Clock): (progress: Progress) => LiveFigures {
  let stage = 0
  let beganUs = 0
  let answered = 0
  let last = { part: '', done: 0 }
  return (progress) => {
    const { total, done, part, round, live, inForce } = progress
    if (progress.stage !== stage) {
      stage = progress.stage
      beganUs = clock.nowUs()
      answered = 0
      last = { part: '', done: 0 }
    }
    const now = `${round} ${part?.number ?? 0}`
    answered += done - (now === last.part ? last.done : 0)
    last = { part: now, done }
    const tookUs = clock.nowUs() - beganUs
    const share =
      ((part === null ? 0 : part.number - 1) + done / Math.max(total, 1)) / (part?.of ?? 1)
    const isKnown = tookUs >= LEAST_US && share > 0
    return {
      stage: nameOf(progress),
      done,
      total,
      inForce,
      perSecond: isKnown ? answered / (tookUs / 1e6) : null,
      secondsLeft: isKnown && share < 1 ? ((tookUs / 1e6) * (1 - share)) / share : null,
      ...judged(live),
    }
  }
}

function nameOf({ scenario, round, part, stage, stages }: Progress): string {
  const again =
    part !== null ? `, ${part.number} of ${part.of}` : round === 0 ? '' : `, round ${round + 1}`
  return `${String(stage).padStart(2)}/${stages} ${scenario}${again}`
}

function judged(live: Json) {
  const inner = memberOf(live, 'live')
  return {
    falseAccepts: numberIn(inner, 'falseAccepts'),
    toRefuse: numberIn(inner, 'toRefuse'),
    falseRejects: numberIn(inner, 'falseRejects'),
    toAccept: numberIn(inner, 'toAccept'),
    undecided: numberIn(inner, 'undecided'),
  }
}
