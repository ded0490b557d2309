/** What must have happened for a scenario's answer to mean anything, counted. */
import type { JudgedScenario } from '../../model/judging.ts'
import type { Guard, Phase, Stream } from '../../model/scenario.ts'
import type { GuardResult } from '../../model/verdict.ts'
import type { Faults } from '../time/phases.ts'
import type { Exhibit } from '../sighting.ts'

export interface Guards {
  /** Takes all presentations of one assertion of a stream, in the order in which they began. */
  see(stream: Stream, sightings: readonly Exhibit[]): void
  /** Takes back what one of them counted for: its refusal proves nothing after all. */
  doubt(stream: Stream, doubted: Exhibit, sightings: readonly Exhibit[]): void
  /**
   * The scenario's own guards, then one for each of its faults.
   *
   * @param revocations What of tokens that were revoked counts for a guard.
   */
  conclude(faults: Faults, revocations: (guard: Guard) => number): readonly GuardResult[]
}

export function openGuards(scenario: JudgedScenario): Guards {
  const seen = scenario.guards.map(() => 0)
  const guards = new Map(
    scenario.streams.map((stream) => [
      stream,
      [...scenario.guards.entries()].filter(([, guard]) => concerns(guard, stream)),
    ]),
  )
  return {
    see(stream, sightings) {
      for (const [index, guard] of guards.get(stream) ?? []) {
        seen[index] = (seen[index] ?? 0) + countFor(guard, sightings)
      }
    },
    doubt(stream, doubted, sightings) {
      const others = sightings.filter((each) => each !== doubted)
      for (const [index, guard] of guards.get(stream) ?? []) {
        const less = countFor(guard, sightings) - countFor(guard, others)
        seen[index] = (seen[index] ?? 0) - less
      }
    },
    conclude: (faults, revocations) => [
      ...scenario.guards.map((guard, index) => ({
        name: guard.name,
        needed: guard.needed,
        seen: guard.counts === 'revocations' ? revocations(guard) : (seen[index] ?? 0),
      })),
      ...faultGuards(scenario, faults),
    ],
  }
}

/** Whether anything of the stream can count for it. */
function concerns({ stream, counts }: Guard, { name, release, copies }: Stream): boolean {
  if (stream !== undefined && stream !== name) return false
  if (counts === 'races') return release === 'together'
  return counts !== 'pairs' || copies > 1
}

/** A fault that nobody saw in force proves nothing, and neither does what came after one that may still last. */
function faultGuards({ name, faults }: JudgedScenario, seen: Faults): readonly GuardResult[] {
  const windows = Map.groupBy(faults, ({ fault, on }) => `${fault} on ${on}`)
  return [...windows].flatMap(([place, [first, ...more]]) =>
    first === undefined
      ? []
      : [
          {
            name: `${place}: seen in force, and seen mended`,
            needed: more.length + 1,
            seen: seen.wholeWindows(name, first),
          },
        ],
  )
}

function countFor(guard: Guard, sightings: readonly Exhibit[]): number {
  switch (guard.counts) {
    case 'pairs':
      return isPair(guard, sightings) ? 1 : 0
    case 'races':
      return isRace(guard, sightings) ? 1 : 0
    case 'owed-accepts':
      return sightings.some((each) => isOwedAccept(guard, each)) ? 1 : 0
    case 'determinate':
      return sightings.filter((each) => isDeterminate(each.outcome) && isIn(guard.first, each))
        .length
    // Of tokens, not of what brought them.
    case 'revocations':
      return 0
  }
}

/** A first half that was accepted and a second, begun after that was answered, that got its answer. */
function isPair(guard: Guard, sightings: readonly Exhibit[]): boolean {
  let first: Exhibit | null = null
  for (const each of sightings) {
    if (first === null) {
      if (each.outcome !== 'accepted') continue
      if (!isIn(guard.first, each)) return false
      first = each
    } else if (isSecondHalf(guard, first, each)) return true
  }
  return false
}

function isSecondHalf(guard: Guard, first: Exhibit, each: Exhibit): boolean {
  if (each.begunUs === null || first.answeredUs === null) return false
  if (each.begunUs <= first.answeredUs || !isIn(guard.second, each)) return false
  const other = each.node !== first.node
  return (guard.nodes === undefined || (guard.nodes === 'other') === other) && isAnswered(each)
}

/**
 * While a fault is in force a server that answers with its own trouble has decided not to accept, which is what the pair
 * was sent to see; in quiet it has decided nothing.
 */
function isAnswered({ outcome, phase }: Exhibit): boolean {
  return isDeterminate(outcome) || (outcome === 'failed' && phase === 'during')
}

function isRace(guard: Guard, sightings: readonly Exhibit[]): boolean {
  const determinate = sightings.filter(
    (each) => isDeterminate(each.outcome) && isIn(guard.first, each),
  )
  // A race that nobody won says nothing of whether two can win it.
  const won = determinate.some(({ outcome }) => outcome === 'accepted')
  return won && determinate.length >= 2 && !sightings.some(({ early }) => early)
}

function isOwedAccept(guard: Guard, sighting: Exhibit): boolean {
  return (
    sighting.world.deserves === 'accept' &&
    isDeterminate(sighting.outcome) &&
    isIn(guard.first, sighting)
  )
}

function isIn(wanted: Phase | undefined, { phase }: Exhibit): boolean {
  return wanted === undefined || wanted === phase
}

function isDeterminate(outcome: Exhibit['outcome']): boolean {
  return outcome === 'accepted' || outcome === 'rejected'
}
