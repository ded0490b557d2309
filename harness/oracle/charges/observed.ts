/** What is worth knowing of a settled credential and violates nothing. */
import type { Conviction } from '../../model/verdict.ts'
import type { Group } from '../replay/use.ts'
import type { Settlement } from '../settlement.ts'
import type { Exhibit } from '../sighting.ts'
import { about, type Charging } from './charging.ts'
import { CREDENTIAL, didWords, witnessOf } from './witness.ts'

/** Two answers with one token are one issuance: worth knowing, no violation. */
export function chargeSameToken({ sameToken }: Group<Exhibit>, to: Charging): void {
  for (const [one, other] of sameToken) {
    observe(other, 'replay/same-token-returned', to, () => {
      const did = didWords(other, 'gave out', to.telling)
      return {
        because: `${did} the very token that it had given for the same assertion before.`,
        spec: ['RFC 7523 §3 item 7'],
        witness: witnessOf([one, other], to.telling),
      }
    })
  }
}

/**
 * A right assertion refused after a wrong one of the same issuer under the same identifier. Only the issuer can do that
 * to itself, and no document says which of the two counts: worth knowing, no violation.
 */
export function chargeSpent({ group, sightings }: Settlement, to: Charging): void {
  if (group === null || group.accepted.length > 0) return
  const refused = group.undecided.find(
    ({ outcome, code }) => outcome === 'rejected' && code.deserves === 'accept',
  )
  if (refused === undefined) return
  const wrong = sightings.find(
    ({ outcome, code, authentic }) =>
      outcome === 'rejected' && code.deserves === 'reject' && authentic,
  )
  if (wrong === undefined) return
  observe(refused, 'replay/spent-by-refusal', to, () => {
    const did = didWords(refused, `refused (${refused.got})`, to.telling)
    const what = CREDENTIAL[refused.usage]
    return {
      because: `${did} a right ${what} after it had refused a wrong one of the same issuer under the same identifier, for ${wrong.code.because}.`,
      spec: ['RFC 7519 §4.1.7'],
      witness: witnessOf([wrong, refused], to.telling),
    }
  })
}

function observe(
  sighting: Exhibit,
  finding: string,
  to: Charging,
  words: () => Pick<Conviction, 'because' | 'spec' | 'witness'>,
): void {
  const charged = { ...about(sighting), finding, obliges: false } as const
  to.charges.add({
    ...charged,
    nodes: null,
    words: () => ({
      ...charged,
      check: to.checks.checkOf(charged.caseId),
      obligation: 'derived',
      ...words(),
    }),
  })
}
