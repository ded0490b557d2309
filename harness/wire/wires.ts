/** The connections a run lends to its target: numbered, limited in time and size, and stamped by one clock. */
import type { Clock, HttpWay, TlsOptions, Wire, Wires } from '../model/target.ts'
import { callWire } from './call.ts'
import { openHttp } from './http.ts'
import type { Limits } from './limits.ts'

/** Opens the connection of this number, here or elsewhere; errors as in openHttp. */
export type Opener = (
  connection: number,
  origin: URL,
  tls: TlsOptions | null,
  way: HttpWay,
) => Promise<Wire>

/**
 * @param clock Stamps every exchange, unless a call wire brings its own.
 * @param limits What one answer may take; the time also bounds connecting.
 * @param open Where connections are kept; on this thread when absent.
 */
export function openWires(clock: Clock, limits: Limits, open: Opener = here(clock, limits)): Wires {
  let opened = 0
  return {
    http: (origin, tls, way = {}) => open(opened++, origin, tls, way),
    call: (verify, own) => callWire(verify, { clock: own ?? clock, limits, connection: opened++ }),
  }
}

function here(clock: Clock, limits: Limits): Opener {
  return (connection, origin, tls, way) => openHttp(origin, tls, { clock, limits, connection }, way)
}
