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
