/** What came of planning a recorded run again, in words. */
import type { Replanned } from '../harness/model/replanned.ts'
import { excerpt } from './escape.ts'
import { plural } from './figures.ts'

export function replanText(
  { rounds, differences, whole }: Replanned,
  { seed, otherVersion }: { readonly seed: string; readonly otherVersion: string | null },
): string {
  const scenarios = new Set(rounds.map(({ scenario }) => scenario)).size
  const later = rounds.filter(({ round }) => round > 0).length
  const same = rounds.filter((each) => each.same).length
  return [
    `Planned again from seed ${excerpt(seed, 80)} and the recorded answers: ${plural(rounds.length, 'round')} of ${plural(scenarios, 'experiment')}, ${later} of them after answers.`,
    differences.length === 0
      ? 'Every round asks what the run asked, and every conclusion is the same.'
      : `${same} of ${rounds.length} ask what the run asked. Where they part:`,
    ...differences.map(
      ({ scenario, round, how }) => `  ${excerpt(scenario, 80)} round ${round}: ${how}`,
    ),
    ...(whole ? [] : ['The history has no end, so that there may have been more.']),
    ...(otherVersion === null || differences.length === 0
      ? []
      : [`${excerpt(otherVersion, 40)} recorded it; another version may plan otherwise.`]),
  ].join('\n')
}
