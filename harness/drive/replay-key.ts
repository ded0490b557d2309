/** What a server that takes each assertion once must remember it by. */
import type { Truth } from '../model/history.ts'
import type { Usage } from '../model/plan.ts'

/** One memory for each endpoint over all its nodes, as JSON. Without issuer and jti there is none. */
export function replayKey(endpoint: string, usage: Usage, { issuer, jti }: Truth): string | null {
  if (usage !== 'client-authentication' && usage !== 'authorization-grant') return null
  return issuer === null || jti === null ? null : JSON.stringify([endpoint, usage, issuer, jti])
}
