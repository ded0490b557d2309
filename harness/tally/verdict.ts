/** From parts to wholes: the verdict of a scenario with its gates, of a run, and the exit code that says it. */
import type { GateResult, RunRecord } from '../model/record.ts'
import type { CheckLevel, Conviction, Verdict } from '../model/verdict.ts'

/** From the worst on. `unsupported` is no part of a run. */
const WORST_FIRST = ['violates', 'breached', 'inconclusive', 'conforms'] as const

/**
 * What a scenario comes to once its gates are decided: convictions weigh more than gates, a failed gate more than a
 * missing proof, and an undecided gate is one.
 */
export function withGates(verdict: Verdict, gates: readonly Pick<GateResult, 'answer'>[]): Verdict {
  if (verdict === 'unsupported' || verdict === 'violates') return verdict
  const answers = gates.map((gate) => gate.answer)
  if (answers.includes('failed')) return 'breached'
  return answers.includes('undecided') ? 'inconclusive' : verdict
}

/** What the level of a check means for the run. Form and information never cost a run its conformity. */
export function ofCheck(level: CheckLevel): Verdict {
  switch (level) {
    case 'fail':
      return 'violates'
    case 'inconclusive':
    case 'unsupported':
      return level
    case 'pass':
    case 'non-strict':
    case 'informational':
      return 'conforms'
  }
}

/** The verdicts that make up a run: of every check, of every scenario, and of each conviction that obliges. */
export interface Parts {
  readonly checks: readonly { readonly verdict: CheckLevel }[]
  readonly scenarios: readonly { readonly verdict: Verdict }[]
  readonly convictions: readonly Pick<Conviction, 'obliges'>[]
  /** False when the history has no end: what nobody saw may have been wrong, so that nothing conforms. */
  readonly complete: boolean
}

/** How bad a check is: 0 for the worst, more for what weighs less. What was not asked weighs least. */
export function rankOf(level: CheckLevel): number {
  const rank = WORST_FIRST.findIndex((verdict) => verdict === ofCheck(level))
  return rank < 0 ? WORST_FIRST.length : rank
}

/** The worst of the supported parts; a target that supports nothing does not conform. */
export function ofRun({ checks, scenarios, convictions, complete }: Parts): RunRecord['verdict'] {
  const parts = new Set<Verdict>([
    ...checks.map((check) => ofCheck(check.verdict)),
    ...scenarios.map((scenario) => scenario.verdict),
    ...convictions.filter((conviction) => conviction.obliges).map(() => 'violates' as const),
    ...(complete ? [] : ['inconclusive' as const]),
  ])
  return WORST_FIRST.find((verdict) => parts.has(verdict)) ?? 'inconclusive'
}

/** What decides how a command ends. */
export interface Ending {
  readonly verdict: RunRecord['verdict'] | null
  readonly harnessFailed: boolean
  readonly faultUnmended: boolean
  readonly badUsage: boolean
  /** An expected failure did not happen. */
  readonly staleExpectation: boolean
}

export interface ExitCode {
  readonly code: number
  readonly meaning: string
  readonly applies: (ending: Ending) => boolean
}

/** Every way a command ends; the first that applies is it. Printed by `cupel --help`. */
export const EXIT_CODES: readonly [ExitCode, ...ExitCode[]] = [
  {
    code: 255,
    meaning: 'The harness itself failed, or something it broke could not be mended.',
    applies: ({ harnessFailed, faultUnmended }) => harnessFailed || faultUnmended,
  },
  {
    code: 254,
    meaning:
      'The command line, a file or the address of the target cannot be used; nothing was judged.',
    applies: ({ badUsage }) => badUsage,
  },
  {
    code: 1,
    meaning:
      'The target violates what it is held to, or a failure that was expected did not happen.',
    applies: ({ verdict, staleExpectation }) => verdict === 'violates' || staleExpectation,
  },
  {
    code: 99,
    meaning: 'A rate broke through its gate.',
    applies: ({ verdict }) => verdict === 'breached',
  },
  {
    code: 2,
    meaning: 'Nothing wrong was proved, and nothing right either: the evidence does not suffice.',
    applies: ({ verdict }) => verdict === 'inconclusive',
  },
  {
    code: 0,
    meaning: 'The target conforms to everything that was asked.',
    applies: () => true,
  },
]

/** The one code a command ends with. */
export function exitCode(ending: Partial<Ending>): number {
  const whole: Ending = {
    verdict: null,
    harnessFailed: false,
    faultUnmended: false,
    badUsage: false,
    staleExpectation: false,
    ...ending,
  }
  return EXIT_CODES.find(({ applies }) => applies(whole))?.code ?? 255
}
