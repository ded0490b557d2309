/** Whether Cupel may ask a target at all: freely on this machine, elsewhere only by leave and at a stated rate. */
import { isIPv4 } from 'node:net'
import { isoTime, timeOf } from '../harness/clock.ts'
import { CupelError } from '../harness/errors.ts'

export interface Leave {
  readonly authorization?: { readonly by: string; readonly until: string }
  readonly maxRatePerSecond?: number
}

const DAY_US = 86_400e6

/**
 * @param urls Every address of the target, also the public ones that a tunnel may lead to.
 * @param seeded Names of parties whose keys are made from the seed, which is printed for all to see.
 * @throws {CupelError} ERR_NOT_AUTHORISED with all that is missing.
 */
export function assertAuthorised(
  urls: readonly string[],
  { authorization, maxRatePerSecond }: Leave,
  seeded: readonly string[],
  nowUs: number,
): void {
  const remote = urls.find((url) => !isLoopback(new URL(url)))
  if (remote === undefined) return
  const missing = [
    authorization === undefined ? 'authorization: { by: …, until: … }' : null,
    maxRatePerSecond === undefined ? 'maxRatePerSecond' : null,
  ].filter((each) => each !== null)
  const problems = [
    missing.length > 0 ? `its file needs ${missing.join(' and ')}` : null,
    authorization !== undefined && endOf(authorization.until) <= nowUs
      ? `the authorization by ${authorization.by} ended with ${authorization.until}; it is ${isoTime(nowUs).slice(0, 10)}`
      : null,
    seeded.length > 0
      ? `keys from the seed are no secret, so ${seeded.join(', ')} must have a key by file`
      : null,
  ].filter((each) => each !== null)
  if (problems.length === 0) return
  throw new CupelError(
    'ERR_NOT_AUTHORISED',
    `${remote} is not on this machine: ${problems.join('; ')}`,
    {
      hint: 'Ask only servers whose owner allowed it. docs/targets.md says what to write ("Servers elsewhere").',
    },
  )
}

/** This machine by its address, or by a name that always means it (RFC 6761 §6.3). */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/\.$/u, '')
  if (isIPv4(host)) return host.startsWith('127.')
  return host === '[::1]' || host === 'localhost' || host.endsWith('.localhost')
}

/** A day counts to its end, in UTC. */
function endOf(until: string): number {
  const us = timeOf(until) ?? 0
  return until.includes('T') ? us : us + DAY_US
}
