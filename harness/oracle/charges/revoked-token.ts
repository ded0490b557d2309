/** A token that is good long after it was revoked, or good again at a node that had refused it. */
import type { JudgedTarget } from '../../model/judging.ts'
import type { Conviction } from '../../model/verdict.ts'
import {
  afterwards,
  sinceUs,
  wasGood,
  wheresOf,
  type TokenLife,
  type Where,
} from '../scenarios/token-lives.ts'
import type { Exhibit } from '../sighting.ts'
import type { Faults } from '../time/phases.ts'
import { didWords, witnessOf, type Telling } from './witness.ts'

interface Charging {
  readonly target: Pick<JudgedTarget, 'declares'>
  readonly faults: Pick<Faults, 'inForce'>
  readonly telling: Telling
}

/** A token and the try of it that tells. */
interface Shown {
  readonly life: TokenLife
  readonly accepted: Exhibit
  /** What came before it in that place and says otherwise; absent where its revocation alone does. */
  readonly refused?: Exhibit
}

/**
 * RFC 7009 §2.1 lets servers take their time to tell each other, and says of no time that it is too long. So an acceptance
 * convicts where the target itself says how long it takes, and that is over. One that follows a refusal in the same place is
 * told and convicts nobody: behind one address there may be several servers, of which one has heard and another has not.
 */
export function revokedTokens(
  lives: readonly TokenLife[],
  charging: Charging,
): readonly Conviction[] {
  const { declares } = charging.target
  const boundSeconds = declares.propagationSeconds?.revokedToken ?? Infinity
  return wheresOf(lives).flatMap((where) => {
    const own = lives.filter((life) => wasGood(life, where))
    const late = own.flatMap((life) => lateAt(life, where, boundSeconds, charging) ?? [])
    const [first] = late
    if (first !== undefined)
      return [longAfter(first, `${late.length} of ${own.length}`, boundSeconds, charging)]
    const again = own.flatMap((life) => againAt(life, where, charging) ?? [])
    const [shown] = again
    return shown === undefined
      ? []
      : [goodAgain(shown, `${again.length} of ${own.length}`, charging)]
  })
}

/** Its revocation meant something: whoever was asked for it held the token to be good until then. */
function lateAt(
  life: TokenLife,
  where: Where,
  boundSeconds: number,
  { faults }: Charging,
): Shown | null {
  if (!wasGood(life, { node: life.revoked.node })) return null
  const accepted = afterwards(life, where).find(
    (each) =>
      each.outcome === 'accepted' &&
      sinceUs(life, each) >= boundSeconds * 1e6 &&
      isQuiet(life, each, faults),
  )
  return accepted === undefined ? null : { life, accepted }
}

function againAt(life: TokenLife, where: Where, { faults }: Charging): Shown | null {
  const said = afterwards(life, where)
  const refused = said.find(({ outcome }) => outcome === 'rejected')
  if (refused === undefined) return null
  const accepted = said.find(
    (each) =>
      each.outcome === 'accepted' && each.fromUs > refused.toUs && isQuiet(life, each, faults),
  )
  return accepted === undefined ? null : { life, accepted, refused }
}

/** What was broken at any time since then may have kept it from being heard of, or made it be forgotten. */
function isQuiet({ revoked }: TokenLife, { toUs }: Exhibit, faults: Charging['faults']): boolean {
  return faults.inForce(revoked.fromUs, toUs).length === 0
}

function longAfter(
  { life, accepted }: Shown,
  howMany: string,
  boundSeconds: number,
  { telling }: Charging,
): Conviction {
  return {
    ...about(accepted),
    finding: 'tokens/revoked-accepted',
    obliges: true,
    obligation: 'declared',
    because: `${didWords(accepted, 'took an access token', telling)}, though ${revokedWords(life)} more than ${boundSeconds} s before; so it did with ${howMany}.`,
    witness: witnessOf([...goodBefore(life), life.revoked, accepted], telling),
  }
}

function goodAgain(
  { life, accepted, refused }: Shown,
  howMany: string,
  { telling }: Charging,
): Conviction {
  return {
    ...about(accepted),
    finding: 'tokens/revoked-accepted-again',
    obliges: false,
    obligation: 'derived',
    because: `${didWords(accepted, 'took an access token', telling)} that it had refused before, after ${revokedWords(life)}; so it did with ${howMany}.`,
    witness: witnessOf(
      [life.revoked, ...(refused === undefined ? [] : [refused]), accepted],
      telling,
    ),
  }
}

function about({ scenario, caseId }: Exhibit) {
  return { scenario, caseId, check: null, spec: ['RFC 7009 §2.1'] }
}

/** Where it was revoked, the latest before that. */
function goodBefore({ tries, revoked }: TokenLife): readonly Exhibit[] {
  const before = tries.findLast(
    ({ node, outcome, toUs }) =>
      node === revoked.node && outcome === 'accepted' && toUs <= revoked.fromUs,
  )
  return before === undefined ? [] : [before]
}

function revokedWords({ revoked: { node } }: TokenLife): string {
  return node === null ? 'its client had revoked it' : `its client had revoked it at ${node}`
}
