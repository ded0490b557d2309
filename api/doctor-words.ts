/** What was found of a target, in words, with what to do about it. */
import type { Looked } from '../harness/model/doctor.ts'
import type { Principal } from '../harness/model/target.ts'
import type { Outcome } from '../harness/model/verdict.ts'

export interface ClockSeen {
  readonly source: string
  readonly lowUs: number
  readonly highUs: number
}

export function controlLooked(
  { name, usage, id, keys }: Pick<Principal, 'name' | 'usage' | 'id' | 'keys'>,
  { outcome, said }: { readonly outcome: Outcome; readonly said: string },
): Looked {
  const as = id === name ? usage : `${usage} as ${id}`
  if (outcome === 'accepted') return { name, health: 'good', text: `${as}: accepted` }
  const text = `${as}: the plainest right request was ${WORDS[outcome]}: ${said}`
  const [key] = keys
  const registered =
    key === undefined
      ? ''
      : `register ${id} with the public part of ${key.kid} for ${key.algorithm}, `
  const help = adviceOn(outcome, registered)
  return {
    name,
    health: 'poor',
    text,
    help: outcome === 'elsewhere' && usage === 'authorization-grant' ? `${help}${COMPANION}` : help,
  }
}

const COMPANION =
  '; where a client has to authenticate beside a grant, say `policy: { grant.clientAuth: required }`'

const WORDS: Readonly<Record<Outcome, string>> = {
  accepted: 'accepted',
  rejected: 'refused',
  elsewhere: 'refused for something else than its assertion',
  challenged: 'answered with a challenge',
  failed: 'not decided',
  unanswered: 'not answered',
  unsent: 'not sent',
}

function adviceOn(outcome: Outcome, registered: string): string {
  switch (outcome) {
    case 'rejected':
      return `${registered}or correct issuer and audiences in the target file; the log of the server says why`
    case 'elsewhere':
      return 'the assertion may be right: look at scope, sendClientId and endpoints.token in the target file'
    case 'challenged':
      return 'it wants a proof or a nonce as well: say what it takes under declares.supports'
    case 'failed':
    case 'unanswered':
    case 'unsent':
    case 'accepted':
      return 'look at the log of the server; cupel probe asks more of it'
  }
}

/** What is right to a second is right: that is what `Date` says, and less than any leeway. */
const NEAR_US = 1_000_000

/** By the source that the target file names. */
export function clockLooked(node: string, read: ClockSeen | null): Looked {
  const name = `clock of ${node}`
  if (read === null) {
    const text = 'nobody knows it: only times far from any edge are judged, and no replay convicts'
    return { name, health: 'note', text, help: 'choose a clock source: docs/targets.md, "Clock"' }
  }
  const text = `${offsetText(read)}, by ${read.source}`
  return isRight(read)
    ? { name, health: 'good', text }
    : { name, health: 'note', text, help: ONE_IS_WRONG }
}

/** Where the file names no source, and the answers would be one. */
export function dateLooked(read: ClockSeen): Looked {
  const help = isRight(read) ? WOULD_DO : ONE_IS_WRONG
  return { name: 'Date of its answers', health: 'note', text: offsetText(read), help }
}

const ONE_IS_WRONG = 'one of the two clocks is wrong: set it, or expect it to show'
const WOULD_DO =
  'where the process that judges assertions writes it, say `clock: { source: date-header }`'

function isRight({ lowUs, highUs }: ClockSeen): boolean {
  return lowUs <= NEAR_US && highUs >= -NEAR_US
}

function offsetText({ lowUs, highUs }: ClockSeen): string {
  if (lowUs > NEAR_US) return `${seconds(lowUs)} to ${seconds(highUs)} s ahead of this machine`
  if (highUs < -NEAR_US) return `${seconds(-highUs)} to ${seconds(-lowUs)} s behind this machine`
  const within = Math.max(0.1, Math.abs(lowUs) / 1e6, Math.abs(highUs) / 1e6)
  return `as this machine's, to within ${within.toFixed(1)} s`
}

function seconds(us: number): string {
  return (us / 1e6).toFixed(1)
}
