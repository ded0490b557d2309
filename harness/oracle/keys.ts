/** Brings presentations of replay keys to the ledger, and the ledger's groups back to the presentations. */
import type { Deserved } from '../model/verdict.ts'
import type { Group, Ledger, Use } from './ledger.ts'
import { sightingName, stepName, useName, type Place, type Settlement } from './settlement.ts'
import type { Sighting } from './sighting.ts'

export interface Keys {
  /** @param deserved What it deserves apart from replay, where a check's table has a say as well. */
  see(key: string, sighting: Sighting, deserved: Deserved): readonly Settlement[]
  conclude(): readonly Settlement[]
}

interface Open {
  readonly sightings: Map<string, Sighting>
  /** Whether the presentation that no later one follows was among them. */
  lastSeen: boolean
}

/**
 * Copies of a race are answered in any order, so a key is done when its last presentation was seen *and* as many as its
 * stream sends. Keys of checks stay open to the end: there are few, and no count says how many uses are in flight.
 */
export function openKeys(ledger: Ledger, placeOf: (sighting: Sighting) => Place | null): Keys {
  const open = new Map<string, Open>()
  const settlement = (group: Group): readonly Settlement[] => {
    const uses = open.get(group.key)?.sightings
    open.delete(group.key)
    const sightings = group.uses
      .map((use) => uses?.get(useName(use)))
      .filter((each) => each !== undefined)
    const [first] = sightings
    return first === undefined ? [] : [{ group, sightings, place: placeOf(first) }]
  }
  return {
    see(key, sighting, deserved) {
      const entry = open.get(key) ?? { sightings: new Map<string, Sighting>(), lastSeen: false }
      open.set(key, entry)
      entry.sightings.set(sightingName(sighting), sighting)
      entry.lastSeen ||= sighting.presentation.last
      const copies = placeOf(sighting)?.stream.copies ?? Infinity
      const done = entry.lastSeen && entry.sightings.size >= copies
      return ledger.see(key, useOf(sighting, deserved, done)).flatMap(settlement)
    },
    conclude: () => ledger.conclude().flatMap(settlement),
  }
}

function useOf(sighting: Sighting, deserved: Deserved, last: boolean): Use {
  const { observation, presentation, outcome, code, offset, faultsInForce } = sighting
  const { caseId, scenario, node, begunUs, answeredUs, answer } = observation
  return {
    step: stepName(observation),
    caseId,
    scenario,
    node,
    part: presentation.part,
    begunUs,
    answeredUs,
    outcome,
    deserved,
    cause: code.rule,
    authentic: presentation.truth.authentic,
    expUs: presentation.truth.expUs,
    token: answer.kind === 'reply' ? answer.token : null,
    last,
    offset,
    faultsInForce,
  }
}
