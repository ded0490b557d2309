/** Every profile, the default first. */
import type { Profile } from '../../harness/model/policy.ts'
import { fapi2 } from './fapi2.ts'
import { oidcCore } from './oidc-core.ts'
import { rfc7523 } from './rfc7523.ts'
import { rfc7523bis } from './rfc7523bis.ts'

export const PROFILES: readonly [Profile, ...Profile[]] = [rfc7523bis, rfc7523, oidcCore, fapi2]
