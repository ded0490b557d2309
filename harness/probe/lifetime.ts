/** How long an assertion may be good for. */
import type { LifetimeFound } from '../model/probe.ts'
import { dated, type Ask } from './asking.ts'
import { limitOf } from './halving.ts'

/** In seconds: what servers are set to, up to ten years, which is no limit. */
const LADDER = [60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 86_400, 2_592_000, 315_360_000]

/** How long ago the assertion says it was issued that tells whether lifetimes count from there. */
const ISSUED_SECONDS = 50

export async function lifetime(ask: Ask): Promise<LifetimeFound> {
  const limit = await limitOf(ask, LADDER, (seconds) => ({
    change: dated({ exp: seconds, iat: 0 }),
  }))
  const { accepted, refused } = limit
  if (accepted === null || refused === null) return { ...limit, fromIssue: null }
  const [earlier] = await ask([{ change: dated({ exp: accepted - 1, iat: -ISSUED_SECONDS }) }])
  const told = earlier?.outcome
  return {
    ...limit,
    fromIssue: told === 'rejected' ? true : told === 'accepted' ? false : null,
  }
}
