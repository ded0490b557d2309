/** A server that goes by the name that a request calls it by, where it has that flaw. */
import type { Json } from '../../harness/model/plan.ts'
import type { Quirks } from './behaviour.ts'
import type { Read } from './reading.ts'

/** What a request says of who it is for. */
export interface Called {
  readonly host: string | undefined
  readonly issuer: string
  readonly quirks: Quirks
}

/** The credential as it is; with the flaw, one that was made for the host of the request is taken as made for the server. */
export function readAsCalled(read: Read, { host, issuer, quirks }: Called): Read {
  const { assertion } = read
  if (!quirks.has('named-by-host') || assertion.usage === 'bearer-token') return read
  const named: readonly Json[] = [assertion.audience].flat()
  if (!named.some((each) => hostIn(each) === host)) return read
  return { ...read, assertion: { ...assertion, audience: issuer } }
}

function hostIn(name: Json): string | null {
  return typeof name === 'string' && URL.canParse(name) ? new URL(name).host : null
}
