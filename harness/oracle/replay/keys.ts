/** Which replay keys a run presented, as far as another run could present the same. */
import type { Presentation } from '../../model/history.ts'
import type { ReplayKeys } from '../../model/verdict.ts'

export interface Keys {
  /** @param runId What the identifiers end in that are the run's alone. */
  see(presentation: Presentation, runId: string): void
  conclude(): ReplayKeys
}

export function openKeys(): Keys {
  let ofRun = 0
  // What has another identifier is part of a check or of a search, of which there are few.
  const others = new Set<string>()
  return {
    see({ key, last, truth, tried }, runId) {
      // A trial of a token stands under the key that the token came for.
      if (key === null || tried !== undefined) return
      if (truth.jti?.endsWith(runId) !== true) others.add(key)
      // Each key has one last presentation, so that they are counted without being remembered.
      else if (last) ofRun += 1
    },
    conclude: () => ({ ofRun, others: [...others] }),
  }
}
