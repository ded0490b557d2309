/** Tokens that were revoked (RFC 7009), from their coming on: where each was good before, and what became of it afterwards. */
import type { JudgedScenario } from '../../model/judging.ts'
import type { Observation } from '../../model/history.ts'
import type { Exhibit } from '../sighting.ts'
import type { Place } from './places.ts'

/** A token whose revocation succeeded. Tries stand in the order in which they began. */
export interface TokenLife {
  readonly scenario: string
  readonly caseId: string
  readonly stream: string
  readonly revoked: Exhibit
  readonly tries: readonly Exhibit[]
  /** From when on a refusal may mean no more than that it has ended; infinite where nobody said. */
  readonly endsUs: number
}

export interface TokenLives {
  /** Takes every answer, for the tokens in it. */
  see(observation: Observation, place: Place | null): void
  /** Takes what was done with a token that is followed. */
  follow(sighting: Exhibit): void
  /** Of a scenario, those of which it is beyond doubt that they were revoked, and which token it was. */
  of(scenario: string): readonly TokenLife[]
}

/** The answer that a token came in. */
interface Brought {
  readonly token: string
  readonly stream: string
  readonly endsUs: number
}

export function openTokenLives(
  scenarios: readonly Pick<JudgedScenario, 'name' | 'streams'>[],
): TokenLives {
  const revoking = new Set(
    scenarios.flatMap(({ name, streams }) =>
      streams.some(({ revokes }) => revokes !== undefined) ? [name] : [],
    ),
  )
  const brought = new Map<string, Brought>()
  /** In how many answers of a scenario each token came. */
  const times = new Map<string, number>()
  const followed = new Map<string, Map<string, Exhibit[]>>()
  const lifeOf = (scenario: string, step: string, all: readonly Exhibit[]): TokenLife | null => {
    const came = brought.get(step)
    const revocations = all.filter(isRevocation)
    const [revoked] = revocations
    if (came === undefined || revoked === undefined || revocations.length > 1) return null
    // Given out once more, it may be good once more.
    if (times.get(nameOf(scenario, came.token)) !== 1) return null
    if (revoked.outcome !== 'accepted' || revoked.answeredUs === null) return null
    const tries = all
      .filter((each) => !isRevocation(each))
      .toSorted((one, other) => one.fromUs - other.fromUs)
    const { stream, endsUs } = came
    return { scenario, caseId: revoked.caseId, stream, revoked, tries, endsUs }
  }
  return {
    see({ scenario, step, begunUs, answer }, place) {
      if (!revoking.has(scenario) || answer.kind === 'none' || answer.token === null) return
      const { token, issued } = answer
      const name = nameOf(scenario, token)
      times.set(name, (times.get(name) ?? 0) + 1)
      const seconds = issued?.expiresSeconds ?? Infinity
      const endsUs = (begunUs ?? -Infinity) + seconds * 1e6
      if (place !== null) brought.set(step, { token, stream: place.stream.name, endsUs })
    },
    follow(sighting) {
      const { scenario, follows } = sighting
      if (follows === null) return
      const lives = followed.get(scenario) ?? new Map<string, Exhibit[]>()
      followed.set(scenario, lives)
      const all = lives.get(follows) ?? []
      lives.set(follows, all)
      all.push(sighting)
    },
    of: (scenario) =>
      [...(followed.get(scenario) ?? [])].flatMap(([step, all]) => {
        const life = lifeOf(scenario, step, all)
        return life === null ? [] : [life]
      }),
  }
}

function nameOf(scenario: string, token: string): string {
  return `${scenario}\n${token}`
}

function isRevocation({ endpoint }: Exhibit): boolean {
  return endpoint === 'revocation'
}

/** Where a token is tried: at a node, or wherever the target leads it, by introspection or at the resource. */
export type Where = Pick<Exhibit, 'node' | 'endpoint'>

/** Whether it was good somewhere up to its revocation: of one that never was, no refusal says anything. */
export function wasGood({ tries, revoked }: TokenLife, where: Partial<Where>): boolean {
  return tries.some(
    (each) => isAt(each, where) && each.outcome === 'accepted' && each.toUs <= revoked.fromUs,
  )
}

/** What was said of it there once its revocation had been answered, as far as that says anything. */
export function afterwards(life: TokenLife, where: Where): readonly Exhibit[] {
  return life.tries.filter(
    (each) =>
      isAt(each, where) &&
      each.fromUs > life.revoked.toUs &&
      (each.outcome === 'accepted' || (each.outcome === 'rejected' && each.toUs < life.endsUs)),
  )
}

function isAt(each: Exhibit, { node = each.node, endpoint = each.endpoint }: Partial<Where>) {
  return each.node === node && each.endpoint === endpoint
}

/** How long before a try the revocation had surely been answered. */
export function sinceUs({ revoked }: TokenLife, { fromUs }: Pick<Exhibit, 'fromUs'>): number {
  return fromUs - revoked.toUs
}

/** Wherever one was tried, in the order in which that was done first. */
export function wheresOf(lives: readonly TokenLife[]): readonly Where[] {
  const wheres = new Map<string, Where>()
  for (const { tries } of lives) {
    for (const { node, endpoint } of tries) wheres.set(`${endpoint} ${node}`, { node, endpoint })
  }
  return [...wheres.values()]
}
