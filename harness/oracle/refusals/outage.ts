/** What refusals are found as, also amid a fault whose own nature leaves the target alone to explain them. */
import type { Exhibit } from '../sighting.ts'

/** A lost store that clients are told of as if they had done something wrong. */
export const OUTAGE = 'refusal/outage-told-as-client-error'

/**
 * Whether nothing can have been wrong but that the node could not reach its store. While a cut that nothing passes is in
 * force around the whole request no insert of it can have reached the store and lost its answer, which is what excuses
 * refusals amid other faults. RFC 6749 §5.2 has `invalid_client` for a client that failed to authenticate; a server in
 * trouble of its own says so (RFC 9110 §15.6).
 */
export function isOutageToldAsClientError(
  refused: Exhibit,
  sightings: readonly Exhibit[],
): boolean {
  const { faultsInForce, node, phase } = refused
  return (
    sightings.length === 1 &&
    phase === 'during' &&
    node !== null &&
    faultsInForce.length > 0 &&
    faultsInForce.every((fault) => severs(fault, node))
  )
}

/**
 * What would convict of that, kept until a second party was refused so in the same cut: somebody who fails under one
 * party's name, behind the harness's back, may have it locked out at that node from just then on, and so might whatever
 * else concerns one party alone. Two at once are the node's.
 */
export interface Outages {
  /** @param held Told, when it is known, whether the node was held to it, and then of whom else it refused. */
  add(refused: Cut, held: (other: Exhibit | null) => void): void
  conclude(): void
}

/** A refusal in a window of the faults of its scenario. */
export interface Cut {
  readonly refused: Exhibit
  readonly window: number
}

export function openOutages(): Outages {
  const cuts = new Map<string, { readonly refused: Exhibit; readonly held: Held }[]>()
  return {
    add({ refused, window }, held) {
      const name = `${window} ${refused.scenario}`
      const known = cuts.get(name) ?? []
      cuts.set(name, known)
      known.push({ refused, held })
    },
    conclude() {
      for (const cut of cuts.values()) {
        for (const { refused, held } of cut) {
          const other = cut.find((each) => each.refused.party !== refused.party)
          held(other?.refused ?? null)
        }
      }
      cuts.clear()
    },
  }
}

type Held = (other: Exhibit | null) => void

/** Whether a fault, by name and place, lets nothing pass between a node and the store. */
function severs(fault: string, node: string): boolean {
  return [
    `link.cut on ${node}>store`,
    `link.black-hole on ${node}>store`,
    'store.outage on store',
  ].includes(fault)
}

/** Whether nothing was going on but that keys had changed, long enough ago. */
export function isNewKeyRefused(
  { place, faultsInForce }: Exhibit,
  sightings: readonly Exhibit[],
): boolean {
  return (
    sightings.length === 1 &&
    place?.stream.keyState?.is === 'added' &&
    faultsInForce.every((fault) => fault.startsWith('keys.'))
  )
}

export function nameOfRefusal(of: {
  implementation: boolean
  forgery: boolean
  alone: boolean
}): string {
  if (!of.implementation) return 'replay/refused-once-presented'
  if (of.forgery) return 'replay/burned-by-forgery'
  return of.alone ? 'refusal/valid-refused' : 'replay/refused-first-use'
}
