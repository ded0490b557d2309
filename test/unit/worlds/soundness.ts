/** Judges what becomes of right servers, world after world, and counts how often it was hard to be just. */
import fc from 'fast-check'
import type { Conviction, Judgement } from '../../../harness/model/verdict.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { historyOf } from '../../../targets/simulated/history.ts'
import { PROFILE, toldOf, type Setting } from './setting.ts'

export interface Soundness {
  readonly details: fc.RunDetails<[Setting]>
  readonly seen: Situations
}

/** What might be taken for a violation, by how often it was met. */
export interface Situations {
  histories: number
  observations: number
  /** Second acceptances that clocks or the quantum of a second explain. */
  lateDoubles: number
  /** Second acceptances across lost memory. */
  straddles: number
  /** First uses refused because something between repeated them. */
  phantoms: number
  undecided: number
  unanswered: number
  unavailable: number
  /** Refusals of what was good by true time: most of them are a wrong clock's. */
  falseRejects: number
  /** Answers that were one issuance told twice. */
  sameTokens: number
  spentByRefusal: number
  /** Refusals of what a check's table owes an acceptance, which a fault, the path or a lock-out may explain. */
  excusedChecks: number
  /** Answers to checks that the tables hold wrong and the rules leave open. */
  openChecks: number
  /** Histories in which refusals in a row looked like a lock-out. */
  lockOuts: number
}

export function checkWorlds(
  arbitrary: fc.Arbitrary<Setting>,
  { seed, runs, convicts }: { seed: number; runs: number; convicts: (c: Conviction) => boolean },
): Soundness {
  const seen = nothingSeen()
  const property = fc.property(arbitrary, (setting) => {
    const judgement = judged(setting, seen)
    return !judgement.convictions.some(convicts)
  })
  return { details: fc.check(property, { seed, numRuns: runs }), seen }
}

export const obliges = ({ obliges: does }: Conviction): boolean => does

/** Everything there is to say of a failure: the smallest world, and what was convicted in it. */
export function told({ details }: Soundness): string {
  const setting = details.counterexample?.[0]
  if (setting === undefined) return 'no world was convicted'
  const { convictions } = judged(setting, nothingSeen())
  return [
    fc.defaultReportMessage(details) ?? '',
    JSON.stringify(setting, null, 2),
    ...convictions.map(({ finding, because }) => `${finding}: ${because}`),
  ].join('\n')
}

export function judged(setting: Setting, seen: Situations): Judgement {
  const about = toldOf(setting)
  const judge = openJudge(about.judging, PROFILE)
  seen.histories += 1
  for (const event of historyOf(setting.world, about)) {
    judge.see(event)
    if (event.kind !== 'observed') continue
    seen.observations += 1
    seen.unanswered += Number(event.answer.kind === 'none')
    seen.unavailable += Number(event.answer.kind === 'reply' && event.answer.status >= 500)
  }
  const judgement = judge.conclude()
  note(judgement, seen)
  return judgement
}

function note({ checks, convictions, scenarios, cells, notes }: Judgement, seen: Situations): void {
  const numberIn = (pattern: RegExp): number =>
    notes.reduce((sum, each) => sum + Number(pattern.exec(each)?.[1] ?? 0), 0)
  const found = (id: string): number => convictions.filter(({ finding }) => finding === id).length
  seen.lateDoubles += numberIn(/^(\d+) second acceptances lie/)
  seen.straddles += numberIn(/lost memory: (\d+)/)
  const among = (pattern: RegExp): number =>
    checks.filter(({ because }) => pattern.test(because)).length
  seen.excusedChecks += among(/^refused, but .*(in force|presented it twice|may have been locked)/)
  seen.openChecks += among(/left open/)
  seen.lockOuts += Number(notes.some((each) => each.includes('in a row')))
  seen.phantoms += found('replay/refused-once-presented')
  seen.sameTokens += found('replay/same-token-returned')
  seen.spentByRefusal += found('replay/spent-by-refusal')
  seen.undecided += scenarios.reduce((sum, { undecided }) => sum + undecided, 0)
  for (const { metric, frame, node, events } of cells) {
    if (metric === 'frr' && frame === 'world' && node === null) seen.falseRejects += events
  }
}

export function nothingSeen(): Situations {
  return {
    histories: 0,
    observations: 0,
    lateDoubles: 0,
    straddles: 0,
    phantoms: 0,
    undecided: 0,
    unanswered: 0,
    unavailable: 0,
    falseRejects: 0,
    sameTokens: 0,
    spentByRefusal: 0,
    excusedChecks: 0,
    openChecks: 0,
    lockOuts: 0,
  }
}
