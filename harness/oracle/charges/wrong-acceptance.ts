/** A credential that was accepted though it deserved refusal, whatever came of its other presentations. */
import type { Exhibit } from '../sighting.ts'
import { about, type Charging } from './charging.ts'
import { CREDENTIAL, didWords, witnessOf } from './witness.ts'

export function chargeWrongAcceptance(sighting: Exhibit, to: Charging): void {
  const { code, outcome, usage } = sighting
  const { finding } = code
  if (outcome !== 'accepted' || code.deserves !== 'reject' || finding === null) return
  to.charges.add({
    ...about(sighting),
    finding,
    obliges: true,
    nodes: null,
    words() {
      const did = didWords(sighting, `accepted a ${CREDENTIAL[usage]}`, to.telling)
      return {
        ...about(sighting),
        check: to.checks.checkOf(sighting.caseId),
        finding,
        obliges: true,
        obligation: code.declared ? 'declared' : 'profile',
        because: `${did}, though ${code.because}.`,
        spec: [code.spec],
        witness: witnessOf([sighting], to.telling),
      }
    },
  })
}
