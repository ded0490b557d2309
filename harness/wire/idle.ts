/** How long a connection may idle and still be used. */

/** Where the server does not say for how long it keeps one. */
export const IDLE_US = 1_000_000

/** Half of what the server advertises (`Keep-Alive: timeout=SECONDS`, RFC 2068 §19.7.1.1), else a second. */
export function idleLimitUs(keepAlive: string | undefined): number {
  if (keepAlive === undefined) return IDLE_US
  const advertised = /timeout=(\d+)/iu.exec(keepAlive)?.[1]
  return advertised === undefined ? IDLE_US : Number(advertised) * 500_000
}
