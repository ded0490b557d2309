/** Progress on stderr: a bar per stage on a terminal, plain lines on a pipe. */
import { SingleBar } from 'cli-progress'
import type { Progress } from '../api/progress.ts'
import { isObject } from '../harness/json.ts'
import type { Json } from '../harness/model/plan.ts'
import { progressLine } from '../reports/progress.ts'

export interface ProgressTeller {
  watch(progress: Progress): void
  note(text: string): void
  end(): void
}

export function progressTeller({ quiet, json }: { quiet: boolean; json: boolean }): ProgressTeller {
  if (quiet) return { watch: () => undefined, note: () => undefined, end: () => undefined }
  return process.stderr.isTTY && !json ? bars() : lines()
}

/** A line when a stage begins, at each fault event, and when all of a stage was observed. */
function lines(): ProgressTeller {
  return {
    watch({ scenario, round, total, done, fault, live }) {
      const stage = round === 0 ? scenario : `${scenario}, round ${round + 1}`
      if (fault !== null) console.error(`  ${fault}`)
      else if (done === 0 || done === total) {
        console.error(progressLine({ stage, done, total, ...figures(live) }))
      }
    },
    note: (text) => {
      console.error(text)
    },
    end: () => undefined,
  }
}

function bars(): ProgressTeller {
  let bar: SingleBar | null = null
  let stage = ''
  const end = (): void => {
    bar?.stop()
    bar = null
  }
  return {
    watch({ scenario, round, total, done, fault, live }) {
      const name = round === 0 ? scenario : `${scenario} (round ${round + 1})`
      if (bar === null || name !== stage) {
        end()
        stage = name
        bar = new SingleBar({
          format: `  ${name.padEnd(24)} {bar} {value}/{total}  {figures}`,
          stream: process.stderr,
          barCompleteChar: '━',
          barIncompleteChar: '┄',
          barsize: 24,
          hideCursor: true,
          clearOnComplete: false,
        })
        bar.start(total, done, { figures: '' })
      }
      bar.update(done, { figures: fault ?? barText(live) })
    },
    note(text) {
      end()
      console.error(text)
    },
    end,
  }
}

function barText(live: Json): string {
  const { judged, falseAccepts, falseRejects, undecided } = figures(live)
  return `${judged} judged, ${falseAccepts} falsely accepted, ${falseRejects} falsely refused, ${undecided} undecided`
}

function figures(live: Json) {
  const inner = isObject(live) ? live['live'] : null
  const figure = (name: string): number => {
    const value = isObject(inner) ? inner[name] : null
    return typeof value === 'number' ? value : 0
  }
  return {
    judged: figure('judged'),
    falseAccepts: figure('falseAccepts'),
    falseRejects: figure('falseRejects'),
    undecided: figure('undecided'),
  }
}
