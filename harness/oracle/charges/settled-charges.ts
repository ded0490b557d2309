/** What the target is convicted of for one settled credential. */
import { isReusable, singleUseOf, type SingleUse } from '../deserving/obligation.ts'
import type { Settlement } from '../settlement.ts'
import type { Charging } from './charging.ts'
import { chargeDouble } from './double.ts'
import { chargeSameToken, chargeSpent } from './observed.ts'
import { chargeRefusal, noteTurnedAway } from './refusal.ts'
import { chargeWrongAcceptance } from './wrong-acceptance.ts'

export function charge(settlement: Settlement, to: Charging): void {
  const { group, sightings, place } = settlement
  // A case of a check is held against its table, which speaks of single presentations better than the rules do.
  if (place !== null) {
    for (const each of sightings) chargeWrongAcceptance(each, to)
    noteTurnedAway(settlement, to)
    chargeRefusal(settlement, to)
  }
  if (group === null) return
  const singleUse = group.doubles.length === 0 ? null : heldTo(settlement, to)
  if (singleUse !== null) {
    for (const double of group.doubles)
      chargeDouble(double, { singleUse, stream: place?.stream }, to)
  }
  chargeSameToken(group, to)
  chargeSpent(settlement, to)
}

function heldTo({ sightings, place }: Settlement, to: Charging): SingleUse | null {
  const [first] = sightings
  if (first === undefined) return null
  const { judging, policy, checks } = to
  // Scenarios are planned for the run's own profile.
  const profiles = place === null ? checks.profilesOf(first.caseId) : judging.asked.slice(0, 1)
  if (isReusable(judging, profiles, first.usage)) return null
  return singleUseOf(judging.target, policy, first.usage)
}
