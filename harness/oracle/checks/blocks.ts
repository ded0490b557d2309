/** Controls: the accepted requests around a block of stimuli, without which a refusal means nothing. */
import type { Block } from '../../model/judging.ts'
import type { Outcome } from '../../model/verdict.ts'
import type { Sighting } from '../sighting.ts'

export interface Blocks {
  /** Takes a control; anything else is ignored. */
  see(sighting: Sighting): void
  of(block: string | null): Controls
  all(): readonly Controls[]
  /** Blocks whose before-control was accepted and none of whose after-controls was yet, with the tries so far. */
  lost(): readonly { readonly block: string; readonly tries: number }[]
  /** Lost blocks of which every after-control was refused outright, by other parties too. */
  refusedThroughout(): readonly Controls[]
}

/** What came of the controls of one block. */
export interface Controls {
  readonly id: string | null
  readonly before: Sighting | null
  /** Those beside what is owed an acceptance. */
  readonly between: readonly Sighting[]
  /** The one sent right after the block, by the party that sent the block. */
  readonly after: Sighting | null
  /** Every after-control, the first one and its repetitions by fresh parties, in order. */
  readonly afters: readonly Sighting[]
}

const NONE: Controls = { id: null, before: null, between: [], after: null, afters: [] }

const CONTROL = /^control\/([^/]+)\/(before|between|after)(?:-(\d+))?$/

export function openBlocks(blocks: readonly Block[]): Blocks {
  const usages = new Map(blocks.map(({ id, usage }) => [id, usage]))
  const seen = new Map<string, Controls>()
  const all = (): readonly Controls[] => [...seen.values()]
  return {
    see(sighting) {
      const [, id, which, number] = CONTROL.exec(sighting.observation.caseId) ?? []
      if (id === undefined || usages.get(id) !== sighting.presentation.usage) return
      const controls = seen.get(id) ?? { ...NONE, id }
      seen.set(id, placed(controls, sighting, { which, isFirst: number === undefined }))
    },
    all,
    of: (block) => (block === null ? NONE : (seen.get(block) ?? NONE)),
    lost: () =>
      all()
        .filter((each) => isLost(each))
        .map(({ id, afters }) => ({ block: id ?? '', tries: afters.length })),
    refusedThroughout: () =>
      all().filter(
        (each) =>
          isLost(each) &&
          each.afters.length > 1 &&
          each.afters.every(({ outcome }) => outcome === 'rejected'),
      ),
  }
}

/**
 * A refusal between these was for the stimulus's own sake: the sender was accepted after it or, where the reply to that
 * was lost, a fresh party was. A sender that was refused may have been locked out before the stimuli were judged.
 */
export function vouchForRefusal({ before, after, afters }: Controls): boolean {
  if (!accepted(before) || after === null) return false
  return accepted(after) || (LOST.includes(after.outcome) && afters.some(accepted))
}

/** What says nothing about the one who asked. */
const LOST: readonly Outcome[] = ['unanswered', 'failed', 'unsent']

/** Accepted before the stimuli and refused after them, whatever became of other parties. */
export function senderLockedOut({ before, after }: Controls): boolean {
  return accepted(before) && after?.outcome === 'rejected'
}

/** A refusal between these was wrong: the very party was accepted on both sides of it. */
export function vouchForAcceptance({ before, after }: Controls): boolean {
  return accepted(before) && accepted(after)
}

function isLost({ before, afters }: Controls): boolean {
  return accepted(before) && afters.length > 0 && !afters.some(accepted)
}

function accepted(sighting: Sighting | null): boolean {
  return sighting?.outcome === 'accepted'
}

function placed(
  controls: Controls,
  sighting: Sighting,
  { which, isFirst }: { readonly which: string | undefined; readonly isFirst: boolean },
): Controls {
  if (which === 'before') return { ...controls, before: sighting }
  if (which === 'between') return { ...controls, between: [...controls.between, sighting] }
  return {
    ...controls,
    after: isFirst ? sighting : controls.after,
    afters: [...controls.afters, sighting],
  }
}
