/** What is wrong with what a target publishes of itself: RFC 8414 §2 and §3.3, RFC 9700 §2.5, ID-JAG §8.2. */
import type { Metadata } from '../../model/history.ts'
import type { JudgedTarget } from '../../model/judging.ts'
import type { Controls } from '../checks/blocks.ts'

/** Faults by stable names, in a fixed order. */
export function metadataFaults(
  metadata: Metadata,
  { issuer }: JudgedTarget,
  { before }: Controls,
): readonly string[] {
  const used = before?.outcome === 'accepted' ? before.presentation.truth.algorithm : null
  const faults: readonly (readonly [string, boolean])[] = [
    ['issuer-differs', metadata.issuer !== issuer],
    ['issuer-form', /[?#]/.test(metadata.issuer ?? '')],
    ...ofAlgorithms(metadata, used),
    ['asymmetric-unadvertised', !offers(metadata.authMethods, ASYMMETRIC)],
    [
      'grant-unadvertised',
      offers(metadata.grantProfiles, [ID_JAG]) && !offers(metadata.grantTypes, [JWT_BEARER]),
    ],
  ]
  return faults.filter(([, found]) => found).map(([name]) => name)
}

const ASSERTED = ['private_key_jwt', 'client_secret_jwt']
const ASYMMETRIC = ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth']
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ID_JAG = 'urn:ietf:params:oauth:grant-profile:id-jag'

/** @param used The algorithm of an assertion that was accepted; null where none was. */
function ofAlgorithms(
  { authMethods, authAlgorithms }: Metadata,
  used: string | null,
): readonly (readonly [string, boolean])[] {
  if (authAlgorithms === null) return [['algorithms-absent', offers(authMethods, ASSERTED)]]
  return [
    ['algorithms-none', authAlgorithms.some((name) => name.toLowerCase() === 'none')],
    ['algorithms-without-rs256', !authAlgorithms.includes('RS256')],
    ['algorithm-unadvertised', used !== null && !authAlgorithms.includes(used)],
  ]
}

function offers(list: readonly string[] | null, any: readonly string[]): boolean {
  return list !== null && list.some((each) => any.includes(each))
}
