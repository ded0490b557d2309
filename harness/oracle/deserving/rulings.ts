/** What presentations deserve in both frames, with the part of it that many of them share worked out once. */
import type { Truth } from '../../model/history.ts'
import type { Json, Usage } from '../../model/plan.ts'
import { timeless, type Timeless } from './deserves.ts'
import type { Grounds, Standard } from './grounds.ts'
import { edgesOf, setSlack, type Slack, type Times } from './rule-time.ts'

/** Where the last ruling of one kind of traffic is kept. */
export interface RulingSlot {
  latest: Known | null
}

interface Known {
  readonly truth: Truth
  readonly usage: Usage
  readonly principal: string
  readonly ruling: Timeless
}

export interface Rulings {
  /** @param slot Of the stream that the presentation belongs to; null where one says nothing of the next. */
  of(truth: Truth, usage: Usage, principal: string, slot: RulingSlot | null): Timeless
  /** The ruling on a credential that was judged at some time from `lowUs` to `highUs` of the target's own clock. */
  at(ruling: Timeless, times: Times, lowUs: number, highUs: number): Grounds
  /** Sets the offsets within which the ruling stays what it is by the harness's clock (Slack). */
  slacken(slack: Slack): void
}

/**
 * Presentations of one stream are alike in all but jti and times, so that comparing with the one before saves asking
 * every rule again. `test/unit/oracle/rulings.test.ts` holds this against asking each time.
 */
export function openRulings(standard: Omit<Standard, 'principal'>): Rulings {
  const edges = edgesOf(standard)
  const now = { lowUs: 0, highUs: 0 }
  return {
    of(truth, usage, principal, slot) {
      const known = slot?.latest ?? null
      if (known !== null && known.usage === usage && known.principal === principal) {
        if (isAlike(known.truth, truth)) return known.ruling
      }
      const ruling = timeless(truth, usage, { ...standard, principal }, edges)
      if (slot !== null) slot.latest = { truth, usage, principal, ruling }
      return ruling
    },
    at(ruling, times, lowUs, highUs) {
      now.lowUs = lowUs
      now.highUs = highUs
      return ruling.at(times, now)
    },
    slacken: (slack) => setSlack(slack, edges),
  }
}

/** Whether no rule but that of times can tell them apart. */
function isAlike(one: Truth, other: Truth): boolean {
  return (
    one.issuer === other.issuer &&
    one.subject === other.subject &&
    one.authentic === other.authentic &&
    one.algorithm === other.algorithm &&
    // None at all and one of no characters are different matters (deserves.ts).
    (one.jti === null) === (other.jti === null) &&
    (one.jti === '') === (other.jti === '') &&
    (one.expUs === null) === (other.expUs === null) &&
    isSame(one.audience, other.audience) &&
    isSame(one.defect, other.defect)
  )
}

function isSame(one: Json, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
