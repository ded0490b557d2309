/** Numbers of the curve P-256, for making keys and for altering signatures. */

/** The order n of the base point (NIST SP 800-186 §3.2.1.3). */
export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Octets of a coordinate, of a private key and of each half of an ES256 signature (RFC 7518 §3.4, §6.2.1.2). */
export const P256_OCTETS = 32

/** Reads octets as one unsigned number, most significant first. */
export function toNumber(octets: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(octets).toString('hex')}`)
}

/**
 * Writes a number as 32 octets, most significant first.
 *
 * @param value 0 ≤ value < 2^256.
 */
export function toOctets(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(P256_OCTETS * 2, '0'), 'hex')
}
