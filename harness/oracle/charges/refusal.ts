/** A refusal of what deserved acceptance, and nothing excuses. */
import type { Outcome } from '../../model/verdict.ts'
import {
  isNewKeyRefused,
  isOutageToldAsClientError,
  nameOfRefusal,
  OUTAGE,
} from '../refusals/outage.ts'
import type { Settlement } from '../settlement.ts'
import { attemptOf, type Exhibit } from '../sighting.ts'
import { about, type Charging } from './charging.ts'
import type { Charge } from './convictions.ts'
import { CREDENTIAL, didWords, faultWords, witnessOf } from './witness.ts'

/** The first refusal of a credential that nothing may have honoured before: evidence about its party, once a credential. */
export function noteTurnedAway(settlement: Settlement, { standing, lockOuts }: Charging): void {
  const refused = refusedFirstUse(settlement) ?? firstRefused(settlement.sightings)
  if (refused?.code.deserves !== 'accept' || promptOf(settlement, refused) === 'searched') return
  const { principal, fromUs, toUs } = refused
  for (const { outcome, begunUs: otherUs } of settlement.sightings) {
    if (HONOURED.includes(outcome) && (otherUs ?? Infinity) <= toUs) return
  }
  standing.turnedAway(principal, fromUs, toUs)
  lockOuts.turnedAway(attemptOf(refused))
}

function firstRefused(sightings: readonly Exhibit[]): Exhibit | null {
  for (const each of sightings) {
    if (each.outcome === 'rejected' && each.code.deserves === 'accept') return each
  }
  return null
}

/** After these a refusal may be of a replay. */
const HONOURED: readonly Outcome[] = ['accepted', 'failed', 'unanswered']

/** A credential that deserved acceptance, was refused, and had not been used before. */
export function chargeRefusal(settlement: Settlement, to: Charging): void {
  const refused = refusedFirstUse(settlement)
  if (refused?.code.deserves !== 'accept') return
  const { principal, fromUs, toUs } = refused
  to.standing.refused({
    principal,
    begunUs: fromUs,
    answeredUs: toUs,
    // What is drawn next depends on what was convicted so far.
    prompt: promptOf(settlement, refused),
    settle: (works) => {
      if (works) chargeUnlessLockedOut(refused, settlement, to)
    },
  })
}

/** The rates tell of every refusal between acceptances; the implementation is held to those that no lock-out explains. */
function chargeUnlessLockedOut(refused: Exhibit, settlement: Settlement, to: Charging): void {
  const attempt = attemptOf(refused)
  const outage =
    to.way.path === 'direct' && isOutageToldAsClientError(refused, settlement.sightings)
  const charged = refusalOf(refused, settlement, to)
  const excused = outage ? to.lockOuts.mayFollow(attempt) : to.lockOuts.mayExplain(attempt)
  if (excused && (outage || charged.obliges)) {
    to.lockOuts.excused(attempt)
    return to.scenarios.doubt(settlement, refused)
  }
  if (!outage) return to.charges.add(charged)
  const window = to.faults.windowAt(refused.scenario, refused.fromUs)
  to.outages.add({ refused, window }, (other) =>
    to.charges.add(other === null ? charged : outageOf(refused, other, to)),
  )
}

/** @param other Of another party, refused in the same cut. */
function outageOf(refused: Exhibit, other: Exhibit, to: Charging): Charge {
  const charged = { ...about(refused), finding: OUTAGE, obliges: true }
  return {
    ...charged,
    nodes: null,
    words() {
      const did = didWords(refused, `refused (${refused.got})`, to.telling)
      const too = didWords(other, `did the same to '${other.principal}'`, to.telling)
      return {
        ...charged,
        check: to.checks.checkOf(refused.caseId),
        obligation: 'derived',
        because: `${did} a ${CREDENTIAL[refused.usage]} that nothing came before, though nothing about it was wrong and '${refused.principal}' was accepted next before and next after; ${too}; ${faultWords([refused])}.`,
        spec: ['RFC 7523 §3'],
        witness: witnessOf([refused, other], to.telling),
      }
    },
  }
}

function promptOf({ place }: Settlement, { searched }: Exhibit): 'drawn' | 'searched' | null {
  if (place?.scenario.drawn !== true) return null
  return searched ? 'searched' : 'drawn'
}

function refusedFirstUse({ group, sightings }: Settlement): Exhibit | null {
  if (group !== null) return group.phantom?.use ?? null
  const [only] = sightings
  return only?.outcome === 'rejected' ? only : null
}

function refusalOf(refused: Exhibit, { group, sightings }: Settlement, to: Charging): Charge {
  const { got, principal, caseId } = refused
  // Who stands between may have said so only after the group was settled.
  const implementation =
    to.way.path === 'direct' &&
    (group === null ? refused.faultsInForce.length === 0 : (group.phantom?.implementation ?? false))
  const forgery = group?.phantom?.afterForgery ?? false
  const newKey = to.way.path === 'direct' && isNewKeyRefused(refused, sightings)
  const finding = newKey
    ? 'keys/new-key-refused'
    : nameOfRefusal({ implementation, forgery, alone: sightings.length === 1 })
  const charged = { ...about(refused), finding, obliges: implementation || newKey }
  return {
    ...charged,
    nodes: null,
    words() {
      const did = didWords(refused, `refused (${got})`, to.telling)
      const what = CREDENTIAL[refused.usage]
      const before = forgery ? 'that only a forged copy came before' : 'that nothing came before'
      const copies = sightings.filter((each) => each !== refused)
      const shown = forgery ? [...copies.slice(0, 2), refused] : [refused, ...copies]
      return {
        ...charged,
        check: to.checks.checkOf(caseId),
        obligation: 'derived',
        because: `${did} a ${what} ${before}, though nothing about it was wrong and '${principal}' was accepted next before and next after; ${faultWords([refused])}.`,
        spec: ['RFC 7523 §3'],
        witness: witnessOf(shown, to.telling),
      }
    },
  }
}
