/** Every profile, the default first. */
import type { Profile } from '../../harness/model/policy.ts'
import { fapi1Adv } from './fapi1-adv.ts'
import { fapi2 } from './fapi2.ts'
import { idJag } from './id-jag.ts'
import { observe } from './observe.ts'
import { oidcCore } from './oidc-core.ts'
import { oidcE3 } from './oidc-e3.ts'
import { rfc7523 } from './rfc7523.ts'
import { rfc7523bis } from './rfc7523bis.ts'
import { smartBackend } from './smart-backend.ts'
import { spiffe } from './spiffe.ts'

export const PROFILES: readonly [Profile, ...Profile[]] = [
  rfc7523bis,
  rfc7523,
  oidcCore,
  oidcE3,
  fapi1Adv,
  fapi2,
  spiffe,
  idJag,
  smartBackend,
  observe,
]
