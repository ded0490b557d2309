/** A lost store that clients are told of as if they had done something wrong. */
import type { Exhibit } from './sighting.ts'

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
