/** What one presentation comes to once the clocks are known, and all presentations of a credential together. */
import type { Expectation } from '../model/plan.ts'
import type { Outcome } from '../model/verdict.ts'
import type { Bench } from './bench.ts'
import { count } from './counts/counting.ts'
import { agreed } from './deserving/deserves.ts'
import { outcomeFor } from './checks/expectations.ts'
import { charge } from './charges/settled-charges.ts'
import { isSearchedFor, type Settlement } from './settlement.ts'
import { disbelieve } from './intake.ts'
import {
  attemptOf,
  complete,
  isSighting,
  type Draft,
  type Exhibit,
  type Sighting,
} from './sighting.ts'

/** Weighs one presentation, and whatever its coming settles. */
export function weigh(sighting: Draft, bench: Bench): void {
  const { ledger, checks, remarks } = bench
  if (bench.open.size > 0) disbelieve(sighting, bench)
  complete(sighting, bench)
  const { code, account, place, key } = sighting
  // What becomes of a token tells of its credential alone, and nothing of who asked about it.
  if (sighting.tried !== null) return see(sighting, bench)
  if (sighting.follows !== null) return bench.lives.follow(sighting)
  remarks.sighted(sighting)
  if (bench.drawn.has(sighting.scenario)) bench.crashes.see(sighting)
  noteStanding(sighting, bench)
  if (isSighting(sighting)) {
    checks.see(sighting)
    const row = checks.rowFor(sighting)
    if (row !== undefined) {
      sighting.deserved = agreed(code, row.deserves)
      noteTurnedAway(sighting, row, bench)
      noteUnread(sighting, row, bench)
    }
  }
  if (account === null) {
    if (key !== null) ledger.alone(key, sighting)
    return settle({ sightings: [sighting], group: null, place }, bench)
  }
  return see(sighting, bench)
}

function see(sighting: Draft, bench: Bench): void {
  const group = sighting.account === null ? null : bench.ledger.see(sighting.account, sighting)
  if (group === null) return
  const [first] = group.uses
  settle({ sightings: group.uses, group, place: first?.place ?? null }, bench)
}

/** What an answer says of the party that asked. */
function noteStanding(sighting: Exhibit, bench: Bench): void {
  const { standing, lockOuts } = bench
  const { code, world, outcome, principal, fromUs, toUs, answeredUs } = sighting
  if (outcome === 'accepted' && code.deserves !== 'reject') {
    // First: what waits for the next acceptance is settled by what is known of lock-outs then.
    lockOuts.accepted(attemptOf(sighting))
    standing.accepted(principal, fromUs, answeredUs ?? Infinity)
  }
  noteFailure(sighting, bench)
  if (outcome !== 'rejected' || isExcused(sighting)) return
  if (code.deserves !== 'accept' && world.deserves !== 'accept') return
  standing.mayAsk(principal, fromUs, toUs)
  lockOuts.mayAsk(attemptOf(sighting))
}

/** What a check's table owes an acceptance may be refused by an answer that only the table knows to be a refusal. */
function noteTurnedAway(sighting: Sighting, row: Expectation, { lockOuts }: Bench): void {
  if (sighting.deserved !== 'accept' || outcomeFor(row, sighting) !== 'rejected') return
  const attempt = attemptOf(sighting)
  lockOuts.turnedAway(attempt)
  lockOuts.mayAsk(attempt)
}

/** What an answer might mean that is no refusal by the profile. */
function noteUnread(sighting: Sighting, row: Expectation, { unread }: Bench): void {
  if (sighting.deserved !== 'reject') return
  const { usage, observation } = sighting
  unread.see({ usage, outcome: outcomeFor(row, sighting), observation })
}

/** A failed attempt is one of who is named, and of who sent it, but for what goes along to make a request whole. */
function noteFailure(sighting: Exhibit, { lockOuts, judging }: Bench): void {
  const { principal, party, usage } = sighting
  if (!FAILED.has(sighting.outcome)) return
  const attempt = attemptOf(sighting)
  lockOuts.failed(attempt)
  const sender = judging.target.principals[principal]
  if (sender === undefined || sender.id === party || sender.usage !== usage) return
  lockOuts.failed({ ...attempt, party: sender.id })
}

/** What a server may have taken for a failed attempt, whatever it answered in the end. */
const FAILED: ReadonlySet<Outcome> = new Set(['rejected', 'elsewhere', 'failed', 'unanswered'])

/** Whether a use that was seen before may have honoured the credential, so that nobody will ask about its refusal. */
function isExcused({ account, answeredUs }: Exhibit): boolean {
  if (account === null) return false
  const untilUs = answeredUs ?? Infinity
  for (const { outcome, begunUs } of account.uses) {
    if (outcome === 'accepted' && begunUs !== null && begunUs <= untilUs) return true
  }
  return false
}

/** Convicts, counts and guards by one credential that nothing more can come of. */
export function settle(settlement: Settlement, bench: Bench): void {
  const { scenarios } = bench
  charge(settlement, bench)
  bench.remarks.see(settlement)
  const { place, sightings } = settlement
  const [first] = sightings
  // What else a request carries is there to make it whole: it is judged, and in no rate.
  if (place === null || first?.usage !== place.stream.usage) return
  if (isSearchedFor(settlement)) return
  const singleUse = bench.singleUse[place.stream.usage]
  count(settlement, place, scenarios.sum(place.scenario.name), bench)
  bench.pairs.see(settlement)
  scenarios.see(settlement, place, singleUse)
}
