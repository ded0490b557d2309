/** What a reader of a judgement must know besides it: doubts about clocks, and what only the world's frame counts. */
import type { Settlement } from '../settlement.ts'
import type { Exhibit } from '../sighting.ts'

export interface Remarks {
  sighted(sighting: Exhibit): void
  see(settlement: Settlement): void
  /** @param settled Second acceptances that were convicted once the leeway was known. */
  conclude(complete: boolean, settled: readonly { readonly times: number }[]): readonly string[]
}

export function openRemarks(): Remarks {
  const unmeasured = new Set<string>()
  const forgotten = new Map<string, number>()
  let late = 0
  return {
    sighted({ node, offset }) {
      if (Number.isFinite(offset.lowUs) && Number.isFinite(offset.highUs)) return
      unmeasured.add(node ?? 'a node that is not known')
    },
    see({ group }) {
      if (group === null) return
      for (const { needsUs, straddles } of group.doubles) {
        if (needsUs < 0) continue
        if (straddles.length === 0) late += 1
        for (const fault of straddles) forgotten.set(fault, (forgotten.get(fault) ?? 0) + 1)
      }
    },
    conclude(complete, settled) {
      const explained = settled.reduce((sum, { times }) => sum - times, late)
      return [
        ...(complete ? [] : ['The history has no footer: what was not seen may have been wrong.']),
        ...(unmeasured.size === 0
          ? []
          : [
              `No clock was measured for ${[...unmeasured].toSorted().join(', ')}: it is taken to be within 12 hours of this machine's.`,
            ]),
        ...[...forgotten].map(
          ([fault, times]) =>
            `Replay across lost memory: ${times} second acceptances straddle ${fault}, which forgets; they convict nobody.`,
        ),
        ...(explained <= 0
          ? []
          : [
              `${explained} second acceptances lie where clocks or an unknown end may have emptied a right memory; they count in the world's frame only.`,
            ]),
      ]
    },
  }
}
