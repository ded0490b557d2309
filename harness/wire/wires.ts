/** The connections a run lends to its target: numbered, limited in time and size, and stamped by one clock. */
import type { Clock, Wires } from '../model/target.ts'
import { callWire } from './call.ts'
import { openHttp1 } from './http1.ts'
import { openHttp2 } from './http2.ts'
import type { Limits } from './limits.ts'

/**
 * @param clock Stamps every exchange, unless a call wire brings its own.
 * @param limits What one answer may take; the time also bounds connecting.
 */
export function openWires(clock: Clock, limits: Limits): Wires {
  let opened = 0
  return {
    http(origin, tls, way = {}) {
      const lent = { clock, limits, connection: opened++ }
      return way.http === 2 ? openHttp2(origin, tls, lent, way) : openHttp1(origin, tls, lent, way)
    },
    call: (verify, own) => callWire(verify, { clock: own ?? clock, limits, connection: opened++ }),
  }
}
