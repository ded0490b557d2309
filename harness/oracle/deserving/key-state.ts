/** What a credential deserves whose key comes or goes while it is asked: what a server cannot know at once it need not. */
import type { JudgedTarget } from '../../model/judging.ts'
import type { Stream } from '../../model/scenario.ts'
import type { Grounds } from './grounds.ts'
import type { Since } from '../time/phases.ts'

/** How long a server may take to notice a new key that says nothing of it: longer than any cool-down seen. */
const NEW_KEY_SECONDS = 60

const US = 1e6

type KeyState = NonNullable<Stream['keyState']>

/**
 * A key that was added is owed acceptance once the target has had time to hear of it; one that was removed deserves
 * rejection once the time is over that the target says it may go on. Between, and where nothing was declared of a removed
 * one, either is right.
 *
 * @param ruled What it deserves apart from that.
 * @param since How long the change has been in force.
 */
export function byKeyState(
  ruled: Grounds,
  state: KeyState,
  since: Since,
  { declares }: Pick<JudgedTarget, 'declares'>,
): Grounds {
  if (ruled.deserves !== 'accept') return ruled
  const promised: Promised = declares.propagationSeconds ?? {}
  if (state.is === 'removed')
    return since.kind === 'before' ? ruled : takenBack(state, since, promised)
  const { newKey = NEW_KEY_SECONDS } = promised
  return lasted(since, newKey) ? ruled : either('its key may not be known yet')
}

const REMOVED = 'keys/removed-key-accepted'

type Promised = Partial<NonNullable<JudgedTarget['declares']['propagationSeconds']>>

function takenBack({ by }: KeyState, since: Since, promised: Promised): Grounds {
  const revoked = by.startsWith('revoke.')
  const { removedKey = Infinity, revoked: revocation = Infinity } = promised
  const lasts = revoked ? revocation : removedKey
  if (!lasted(since, lasts)) return either('what was taken back may still be known')
  const what = revoked ? 'its client had been revoked' : 'its key had been removed'
  return {
    deserves: 'reject',
    rule: 'key',
    because: `${what} more than ${lasts} s before`,
    spec: revoked ? 'RFC 7523 §3.2' : 'RFC 7523 §3 item 9',
    declared: true,
    finding: revoked ? 'revocation/revoked-accepted' : REMOVED,
  }
}

function lasted(since: Since, seconds: number): boolean {
  return since.kind === 'in-force' && since.leastUs >= seconds * US
}

/** Under these a client's key is not published, or another one is, so that its assertions are not owed anything. */
const KEYLESS = ['keys.remove', 'keys.rotate', 'keys.swap', 'revoke.client']
/** Under these it is published and cannot be had: the client is owed acceptance, and no code can be blamed. */
const UNREACHABLE = ['keys.outage', 'keys.garbage', 'keys.oversized', 'keys.slow']

/** How long after a change of its keys a party may be refused for it. */
export function lingersUs({ declares }: Pick<JudgedTarget, 'declares'>): number {
  return (declares.propagationSeconds?.newKey ?? NEW_KEY_SECONDS) * US
}

/**
 * What a credential of a party deserves while its published keys are in trouble, or shortly afterwards.
 *
 * @param faults Those of that party, by name.
 */
export function byKeyTrouble(
  ruled: { readonly code: Grounds; readonly world: Grounds },
  faults: readonly string[],
): { readonly code: Grounds; readonly world: Grounds } {
  const keyless = faults.some((fault) => KEYLESS.includes(fault))
  if (!keyless && !faults.some((fault) => UNREACHABLE.includes(fault))) return ruled
  const spared = (grounds: Grounds): Grounds =>
    grounds.deserves === 'accept' ? either('its key may not be had') : grounds
  // Who cannot ask what is published goes by what it knew, and learns of no removal.
  const code = isRemoved(ruled.code)
    ? either('that its key was removed may not be known')
    : spared(ruled.code)
  return { code, world: keyless ? spared(ruled.world) : ruled.world }
}

function isRemoved({ deserves, finding }: Grounds): boolean {
  return deserves === 'reject' && finding === REMOVED
}

function either(because: string): Grounds {
  return {
    deserves: 'either',
    rule: 'key',
    because,
    spec: 'RFC 7523 §3 item 9',
    declared: false,
    finding: null,
  }
}
