/** One right assertion, and what a defect makes of it. */
import {
  mint,
  type Minted,
  type MintContext,
  type MintedSource,
} from '../../../harness/jwt/mint.ts'
import type { Defect } from '../../../harness/model/plan.ts'
import { ES256 } from './some-keys.ts'

const AT_US = 1_700_000_000_400_000

const CONTEXT: MintContext = {
  keys: { one: ES256 },
  owners: { one: 'client-1' },
  runId: 'ABCDEFGHIJKLMNOPQRSTUV',
}

const SOURCE: MintedSource = {
  kind: 'minted',
  usage: 'client-authentication',
  signer: 'one',
  header: { alg: 'ES256', kid: 'client-1-key' },
  claims: {
    iss: 'client-1',
    sub: 'client-1',
    aud: 'https://issuer.example',
    iat: { $now: 0 },
    exp: { $now: 60 },
    jti: { $jti: 'a' },
  },
  defect: null,
  last: true,
}

export function minted(
  defect: Defect | null,
  header: MintedSource['header'] = SOURCE.header,
): Minted {
  return mint({ ...SOURCE, header, defect }, AT_US, CONTEXT)
}
