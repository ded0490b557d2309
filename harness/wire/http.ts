/** A connection over the network, in the version that its way says. */
import type { HttpWay, TlsOptions, Wire } from '../model/target.ts'
import { openHttp1 } from './http1.ts'
import { openHttp2 } from './http2.ts'
import type { Lent } from './limits.ts'

/**
 * @param tls Null verifies an https peer against the authorities that Node knows.
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when there is nobody to connect to.
 */
export function openHttp(
  origin: URL,
  tls: TlsOptions | null,
  lent: Lent,
  way: HttpWay,
): Promise<Wire> {
  return way.http === 2 ? openHttp2(origin, tls, lent, way) : openHttp1(origin, tls, lent, way)
}
