/** What the target is convicted of for one settled credential. */
import type { Judging } from '../model/judging.ts'
import type { Policy } from '../model/policy.ts'
import type { Stream } from '../model/scenario.ts'
import type { Conviction, Outcome } from '../model/verdict.ts'
import type { Checks } from './checks.ts'
import type { Charge, Charges } from './convictions.ts'
import type { Path } from './group.ts'
import type { Lates } from './late.ts'
import type { LockOuts } from './lock-outs.ts'
import { isNewKeyRefused, isOutageToldAsClientError, nameOfRefusal, OUTAGE } from './outage.ts'
import { singleUseOf, type SingleUse } from './obligation.ts'
import type { Scenarios } from './scenarios.ts'
import type { Settlement } from './settlement.ts'
import { attemptOf, type Exhibit } from './sighting.ts'
import type { Standing } from './standing.ts'
import { mannerOf, type DoubleAccept, type Group } from './use.ts'
import { CREDENTIAL, didWords, faultWords, witnessOf, type Telling } from './witness.ts'

export interface Charging {
  readonly judging: Judging
  readonly policy: Policy
  readonly telling: Telling
  readonly standing: Standing
  readonly lockOuts: LockOuts
  readonly late: Lates
  readonly scenarios: Pick<Scenarios, 'sum' | 'doubt'>
  /** Whether anything between harness and target may have repeated a request. */
  readonly way: { readonly path: Path }
  readonly checks: Pick<Checks, 'checkOf'>
  readonly charges: Pick<Charges, 'add'>
}

export function charge(settlement: Settlement, to: Charging): void {
  const { group, sightings, place } = settlement
  // A case of a check is held against its table, which speaks of single presentations better than the rules do.
  if (place !== null) {
    for (const each of sightings) chargeWrongAcceptance(each, to)
    noteTurnedAway(settlement, to)
    chargeRefusal(settlement, to)
  }
  if (group === null) return
  const usage = sightings[0]?.usage ?? 'client-authentication'
  const singleUse =
    group.doubles.length === 0 ? null : singleUseOf(to.judging.target, to.policy, usage)
  if (singleUse !== null) {
    for (const double of group.doubles)
      chargeDouble(double, { singleUse, stream: place?.stream }, to)
  }
  chargeSameToken(group, to)
  chargeSpent(settlement, to)
}

function chargeWrongAcceptance(sighting: Exhibit, to: Charging): void {
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

interface Doubling {
  readonly singleUse: SingleUse
  /** The order of its requests tells what they show. */
  readonly stream: Pick<Stream, 'finding' | 'findingAmidFault'> | undefined
}

/** Convicts at once where the target's leeway does not matter, and else when it is known. */
function chargeDouble(double: DoubleAccept<Exhibit>, by: Doubling, to: Charging): void {
  const { partner: one, second: other, needsUs } = double
  if (one === null || needsUs === Infinity) return
  const manner = mannerOf(one, other)
  const { singleUse, stream } = by
  const amidFault =
    manner === 'during-fault' && one.node === other.node && one.faultsInForce.length > 0
  const named =
    manner === 'sequentially' ? stream?.finding : amidFault ? stream?.findingAmidFault : undefined
  const finding = named ?? `replay/accepted-${manner}`
  const charged: Charge = {
    ...about(other),
    finding,
    obliges: true,
    nodes: one.node === other.node ? 'same' : 'several',
    words() {
      const what = CREDENTIAL[other.usage]
      const because = [
        `${didWords(one, `accepted a ${what}`, to.telling)} and ${didWords(other, 'accepted it again', to.telling)}`,
        manner === 'concurrently' ? ', both at once' : '',
        expiryWords(other),
        `; ${faultWords([one, other])}, and ${singleUse.because}.`,
      ]
      return {
        ...about(other),
        check: to.checks.checkOf(other.caseId),
        finding,
        obliges: true,
        obligation: singleUse.obligation,
        because: because.join(''),
        spec: [singleUse.spec],
        witness: witnessOf([one, other], to.telling),
      }
    },
  }
  if (needsUs < 0) to.charges.add(charged)
  else to.late.charge(double, charged)
}

function expiryWords({ answeredUs, expUs }: Exhibit): string {
  if (expUs === null || answeredUs === null) return ''
  const seconds = (expUs - answeredUs) / 1e6
  const words = `${Math.abs(seconds).toFixed(1)} s`
  return seconds >= 0 ? `, ${words} before it ended` : `, ${words} after it had ended`
}

/** Two answers with one token are one issuance: worth knowing, no violation. */
function chargeSameToken({ sameToken }: Group<Exhibit>, to: Charging): void {
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
function chargeSpent({ group, sightings }: Settlement, to: Charging): void {
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

/** Something worth knowing that violates nothing. */
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

/** The first refusal of a credential that nothing may have honoured before: evidence about its party, once a credential. */
function noteTurnedAway(settlement: Settlement, { standing, lockOuts }: Charging): void {
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
function chargeRefusal(settlement: Settlement, to: Charging): void {
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
  const charged = refusalOf(refused, settlement, to)
  const attempt = attemptOf(refused)
  const excused =
    charged.finding === OUTAGE ? to.lockOuts.mayFollow(attempt) : to.lockOuts.mayExplain(attempt)
  if (!charged.obliges || !excused) {
    return to.charges.add(charged)
  }
  to.lockOuts.excused(attempt)
  to.scenarios.doubt(settlement, refused)
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
  const implementation =
    group === null
      ? refused.faultsInForce.length === 0 && to.way.path === 'direct'
      : (group.phantom?.implementation ?? false)
  const forgery = group?.phantom?.afterForgery ?? false
  const outage = to.way.path === 'direct' && isOutageToldAsClientError(refused, sightings)
  const newKey = to.way.path === 'direct' && isNewKeyRefused(refused, sightings)
  const finding = outage
    ? OUTAGE
    : newKey
      ? 'keys/new-key-refused'
      : nameOfRefusal({ implementation, forgery, alone: sightings.length === 1 })
  const charged = { ...about(refused), finding, obliges: implementation || outage || newKey }
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

function about({ scenario, caseId }: Exhibit): {
  readonly scenario: string
  readonly caseId: string
} {
  return { scenario, caseId }
}
