/** What a server that takes each assertion once must remember it by. */
import type { Truth } from '../model/history.ts'
import type { Usage } from '../model/plan.ts'
import type { Declarations } from '../model/policy.ts'

/** As JSON. Without issuer and jti there is none. */
export function replayKey(memory: string, usage: Usage, { issuer, jti }: Truth): string | null {
  if (usage !== 'client-authentication' && usage !== 'authorization-grant') return null
  return issuer === null || jti === null ? null : JSON.stringify([memory, usage, issuer, jti])
}

/** One memory for each endpoint over all its nodes, but for those that the target says share theirs; named by an endpoint. */
export function memoryOf(
  endpoint: string,
  { remembersAcross = [] }: Pick<Declarations, 'remembersAcross'>,
): string {
  return remembersAcross.includes(endpoint) ? (remembersAcross[0] ?? endpoint) : endpoint
}
