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
  let told = ''
  return {
    watch(progress) {
      const { total, done, fault, live } = progress
      if (fault !== null) console.error(`  ${fault}`)
      else if (done === 0 || done === total) {
        const stage = nameOf(progress)
        const line = progressLine({ stage, done, total, ...figures(live) })
        // More may happen while all was sent, or nothing yet.
        if (line !== told) console.error(line)
        told = line
      }
    },
    note: (text) => {
      console.error(text)
    },
    end: () => undefined,
  }
}

/** One bar after the other; what is broken stands behind it for as long as it is. */
function bars(): ProgressTeller {
  let bar: SingleBar | null = null
  let stage = ''
  let broken = ''
  const end = (): void => {
    bar?.stop()
    bar = null
  }
  return {
    watch(progress) {
      const { total, done, fault, live } = progress
      const name = nameOf(progress)
      if (bar === null || name !== stage) {
        end()
        stage = name
        broken = ''
        bar = barFor(name)
        bar.start(total, done, { figures: '' })
      }
      if (fault !== null) broken = fault.endsWith(': mended') ? '' : `  ${fault}`
      bar.update(done, { figures: `${barText(live)}${broken}` })
    },
    note(text) {
      end()
      console.error(text)
    },
    end,
  }
}

function barFor(name: string): SingleBar {
  return new SingleBar({
    format: `${name.padEnd(30)} {bar} {value}/{total}  {figures}`,
    stream: process.stderr,
    barCompleteChar: '━',
    barIncompleteChar: '┄',
    barsize: 16,
    hideCursor: true,
    clearOnComplete: false,
    linewrap: false,
  })
}

function nameOf({ scenario, round, part, stage, stages }: Progress): string {
  const again =
    part !== null ? `, ${part.number} of ${part.of}` : round === 0 ? '' : `, round ${round + 1}`
  return `${String(stage).padStart(2)}/${stages} ${scenario}${again}`
}

function barText(live: Json): string {
  const { falseAccepts, falseRejects, undecided } = figures(live)
  const doubts = undecided > 0 ? ` · ${undecided} undecided` : ''
  return `${falseAccepts} falsely accepted · ${falseRejects} falsely refused${doubts}`
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
