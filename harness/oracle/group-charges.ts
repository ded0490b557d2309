/** What the target is convicted of for one settled credential. */
import type { Judging } from '../model/judging.ts'
import type { Policy } from '../model/policy.ts'
import type { Conviction, Outcome } from '../model/verdict.ts'
import type { Charge } from './convictions.ts'
import type { DoubleAccept, Group } from './ledger.ts'
import { singleUseOf, type SingleUse } from './obligation.ts'
import { sightingName, useName, type Settlement } from './settlement.ts'
import type { Sighting } from './sighting.ts'
import type { Standing } from './standing.ts'
import { CREDENTIAL, didWords, faultWords, gotWords, witnessOf, type Telling } from './witness.ts'

export interface Charging {
  readonly judging: Judging
  readonly policy: Policy
  readonly telling: Telling
  readonly standing: Standing
  /** The check that a case belongs to. */
  readonly checkOf: (caseId: string) => string | null
  readonly add: (charge: Charge) => void
}

export function charge(settlement: Settlement, to: Charging): void {
  const { group, sightings } = settlement
  // A case of a check is held against its table, which speaks of single presentations better than the rules do.
  if (settlement.place !== null) {
    for (const each of sightings) chargeWrongAcceptance(each, to)
    noteTurnedAway(settlement, to)
    chargeRefusal(settlement, to)
  }
  if (group === null) return
  const [first] = sightings
  const usage = first?.presentation.usage ?? 'client-authentication'
  const singleUse = singleUseOf(to.judging.target, to.policy, usage)
  const byUse = new Map(sightings.map((each) => [sightingName(each), each]))
  if (singleUse !== null) {
    const finding = settlement.place?.stream.finding
    for (const double of group.doubles) chargeDouble(double, { byUse, singleUse, finding }, to)
  }
  chargeSameToken(group, byUse, to)
  chargeSpent(group, byUse, to)
}

function chargeWrongAcceptance(sighting: Sighting, to: Charging): void {
  const { code, outcome, presentation } = sighting
  if (outcome !== 'accepted' || code.deserves !== 'reject' || code.finding === null) return
  const did = didWords(sighting, `accepted a ${CREDENTIAL[presentation.usage]}`, to.telling)
  to.add({
    nodes: null,
    conviction: {
      ...about(sighting, to),
      finding: code.finding,
      obliges: true,
      obligation: code.declared ? 'declared' : 'profile',
      because: `${did}, though ${code.because}.`,
      spec: [code.spec],
      witness: witnessOf([sighting], to.telling),
    },
  })
}

interface Doubling {
  readonly byUse: ReadonlyMap<string, Sighting>
  readonly singleUse: SingleUse
  /** What the order of the stream's requests tells. */
  readonly finding: string | undefined
}

function chargeDouble(
  { first, second, frame, manner, straddles }: DoubleAccept,
  { byUse, singleUse, finding }: Doubling,
  to: Charging,
): void {
  const [one, other] = [byUse.get(useName(first)), byUse.get(useName(second))]
  if (one === undefined || other === undefined) return
  if (frame === 'world' || straddles.length > 0) return
  const what = CREDENTIAL[other.presentation.usage]
  const because = [
    `${didWords(one, `accepted a ${what}`, to.telling)} and ${didWords(other, 'accepted it again', to.telling)}`,
    manner === 'concurrently' ? ', both at once' : '',
    expiryWords(other),
    `; ${faultWords([one, other])}, and ${singleUse.because}.`,
  ]
  to.add({
    nodes: first.node === second.node ? 'same' : 'several',
    conviction: {
      ...about(other, to),
      finding: (manner === 'sequentially' ? finding : undefined) ?? `replay/accepted-${manner}`,
      obliges: true,
      obligation: singleUse.obligation,
      because: because.join(''),
      spec: [singleUse.spec],
      witness: witnessOf([one, other], to.telling),
    },
  })
}

function expiryWords({ observation, presentation: { truth } }: Sighting): string {
  const { answeredUs } = observation
  if (truth.expUs === null || answeredUs === null) return ''
  const seconds = (truth.expUs - answeredUs) / 1e6
  const words = `${Math.abs(seconds).toFixed(1)} s`
  return seconds >= 0 ? `, ${words} before it ended` : `, ${words} after it had ended`
}

/** Two answers with one token are one issuance: worth knowing, no violation. */
function chargeSameToken(group: Group, byUse: ReadonlyMap<string, Sighting>, to: Charging): void {
  for (const [first, second] of group.sameToken) {
    const [one, other] = [byUse.get(useName(first)), byUse.get(useName(second))]
    if (one === undefined || other === undefined) continue
    const did = didWords(other, 'gave out', to.telling)
    to.add({
      nodes: null,
      conviction: {
        ...about(other, to),
        finding: 'replay/same-token-returned',
        obliges: false,
        obligation: 'derived',
        because: `${did} the very token that it had given for the same assertion before.`,
        spec: ['RFC 7523 §3 item 7'],
        witness: witnessOf([one, other], to.telling),
      },
    })
  }
}

/**
 * A right assertion refused after a wrong one of the same issuer under the same identifier. Only the issuer can do that
 * to itself, and no document says which of the two counts: worth knowing, no violation.
 */
function chargeSpent(group: Group, byUse: ReadonlyMap<string, Sighting>, to: Charging): void {
  if (group.accepted.length > 0) return
  const [refused] = group.undecided
    .map((use) => byUse.get(useName(use)))
    .filter((each) => each?.outcome === 'rejected' && each.code.deserves === 'accept')
  const wrong = [...byUse.values()].find(
    ({ outcome, code, presentation }) =>
      outcome === 'rejected' && code.deserves === 'reject' && presentation.truth.authentic,
  )
  if (refused === undefined || wrong === undefined) return
  const did = didWords(refused, `refused (${gotWords(refused.observation.answer)})`, to.telling)
  const what = CREDENTIAL[refused.presentation.usage]
  to.add({
    nodes: null,
    conviction: {
      ...about(refused, to),
      finding: 'replay/spent-by-refusal',
      obliges: false,
      obligation: 'derived',
      because: `${did} a right ${what} after it had refused a wrong one of the same issuer under the same identifier, for ${wrong.code.because}.`,
      spec: ['RFC 7519 §4.1.7'],
      witness: witnessOf([wrong, refused], to.telling),
    },
  })
}

/** The first refusal of a credential that nothing may have honoured before: evidence about its party, once a credential. */
function noteTurnedAway(settlement: Settlement, { standing }: Charging): void {
  const { sightings } = settlement
  const refused =
    refusedFirstUse(settlement) ??
    sightings.find(({ outcome, code }) => outcome === 'rejected' && code.deserves === 'accept')
  if (refused?.code.deserves !== 'accept' || promptOf(settlement, refused) === 'searched') return
  const { principal, begunUs, answeredUs, dueUs } = refused.observation
  const lastUs = answeredUs ?? dueUs
  const perhapsHonoured = sightings.some(
    ({ outcome, observation }) =>
      HONOURED.includes(outcome) && (observation.begunUs ?? Infinity) <= lastUs,
  )
  if (!perhapsHonoured) standing.turnedAway(principal, begunUs ?? dueUs, lastUs)
}

/** After these a refusal may be of a replay. */
const HONOURED: readonly Outcome[] = ['accepted', 'failed', 'unanswered']

/** A credential that deserved acceptance, was refused, and had not been used before. */
function chargeRefusal(settlement: Settlement, to: Charging): void {
  const refused = refusedFirstUse(settlement)
  if (refused?.code.deserves !== 'accept') return
  const { principal, begunUs, answeredUs, dueUs } = refused.observation
  to.standing.refused({
    principal,
    begunUs: begunUs ?? dueUs,
    answeredUs: answeredUs ?? dueUs,
    // What is drawn next depends on what was convicted so far.
    prompt: promptOf(settlement, refused),
    settle: (works) => {
      if (works) to.add({ nodes: null, conviction: refusalOf(refused, settlement, to) })
    },
  })
}

function promptOf({ place }: Settlement, { observation }: Sighting): 'drawn' | 'searched' | null {
  if (place?.scenario.drawn !== true) return null
  return observation.round > 0 ? 'searched' : 'drawn'
}

function refusedFirstUse({ group, sightings }: Settlement): Sighting | undefined {
  if (group === null) return sightings.find(({ outcome }) => outcome === 'rejected')
  const { phantom } = group
  if (phantom === null) return undefined
  return sightings.find((each) => sightingName(each) === useName(phantom.use))
}

function refusalOf(refused: Sighting, { group, sightings }: Settlement, to: Charging): Conviction {
  const { answer, principal } = refused.observation
  const implementation =
    group === null
      ? refused.faultsInForce.length === 0 && to.judging.target.declares.path === 'direct'
      : (group.phantom?.implementation ?? false)
  const forgery = group?.phantom?.afterForgery ?? false
  const did = didWords(refused, `refused (${gotWords(answer)})`, to.telling)
  const what = CREDENTIAL[refused.presentation.usage]
  const before = forgery ? 'that only a forged copy came before' : 'that nothing came before'
  const because = `${did} a ${what} ${before}, though nothing about it was wrong and '${principal}' was accepted next before and next after; ${faultWords([refused])}.`
  const copies = sightings.filter((each) => each !== refused)
  return {
    ...about(refused, to),
    finding: nameOfRefusal({ implementation, forgery, alone: sightings.length === 1 }),
    obliges: implementation,
    obligation: 'derived',
    because,
    spec: ['RFC 7523 §3'],
    witness: witnessOf(
      forgery ? [...copies.slice(0, 2), refused] : [refused, ...copies],
      to.telling,
    ),
  }
}

function nameOfRefusal(of: { implementation: boolean; forgery: boolean; alone: boolean }): string {
  if (!of.implementation) return 'replay/refused-once-presented'
  if (of.forgery) return 'replay/burned-by-forgery'
  return of.alone ? 'refusal/valid-refused' : 'replay/refused-first-use'
}

function about(
  { observation: { scenario, caseId } }: Sighting,
  { checkOf }: Charging,
): Pick<Conviction, 'scenario' | 'check' | 'caseId'> {
  return { scenario, check: checkOf(caseId), caseId }
}
