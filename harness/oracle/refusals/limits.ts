/** What a reader must know of a target that defends itself against being asked as it was: by its rate, or by locking out. */
import type { Observation } from '../../model/history.ts'
import type { Outcome } from '../../model/verdict.ts'

interface Judged {
  readonly outcome: Outcome
}

/** The right requests around one block of stimuli. */
export interface Around {
  readonly before: Judged | null
  readonly between: readonly Judged[]
  readonly afters: readonly Judged[]
}

export interface Limits {
  see(observation: Pick<Observation, 'answer'>): void
  /** @param blocks Those of all checks. */
  notes(blocks: readonly Around[]): readonly string[]
}

/** RFC 6585 §4. */
const TOO_MANY_REQUESTS = 429

/** From this share of refused controls on they are no chance: checks that mean something need theirs accepted. */
const LEAST_SHARE = 0.05
const LEAST_REFUSED = 3

export function openLimits(): Limits {
  let observed = 0
  let tooMany = 0
  return {
    see({ answer }) {
      observed += 1
      if (answer.kind === 'reply' && answer.status === TOO_MANY_REQUESTS) tooMany += 1
    },
    notes(blocks) {
      const controls = blocks.flatMap(({ before, between, afters }) => [
        ...(before === null ? [] : [before]),
        ...between,
        ...afters,
      ])
      const refused = controls.filter(({ outcome }) => outcome === 'rejected').length
      const isMuch = refused >= LEAST_REFUSED && refused >= controls.length * LEAST_SHARE
      const works = controls.some(({ outcome }) => outcome === 'accepted')
      return [
        ...(tooMany === 0 ? [] : [rateWords(tooMany, observed)]),
        ...(isMuch && works ? [lockOutWords(refused, controls.length)] : []),
      ]
    },
  }
}

function rateWords(tooMany: number, observed: number): string {
  return `${tooMany} of ${observed} requests were answered 429, which is neither an acceptance nor a refusal: maxRatePerSecond in the target file, or --max-rate, asks more slowly.`
}

function lockOutWords(refused: number, controls: number): string {
  return `${refused} of ${controls} right requests beside stimuli were refused, and others like them accepted: a target that locks out who failed looks like that, and what it refused then proves nothing. Exempt the run from that protection, or ask more slowly (maxRatePerSecond in the target file, or --max-rate).`
}
