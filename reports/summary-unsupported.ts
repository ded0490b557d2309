/** Why checks were not asked, in few lines: what would let them be asked stands once, with all that wait for it. */
import type { CheckResult } from '../harness/model/verdict.ts'
import { excerpt } from './escape.ts'
import { count, plural } from './figures.ts'
import { wrap } from './layout.ts'
import type { Brush } from './paint.ts'

/** Of groups, and of reasons in one. */
const MOST = 5

interface Reason {
  /** What many reasons have in common, such as the member of the target file that would help. */
  readonly group: string
  /** What this one has beside it; empty where it stands alone. */
  readonly own: string
}

export function unsupportedLines(checks: readonly CheckResult[], brush: Brush): readonly string[] {
  return reasonLines(
    checks.filter(({ verdict }) => verdict === 'unsupported').map(({ because }) => because),
    brush,
    'record.json',
  )
}

/**
 * @param reasons One for each case.
 * @param where What has all of them.
 */
export function reasonLines(
  reasons: readonly string[],
  brush: Brush,
  where: string,
): readonly string[] {
  const all = reasons.map(reasonOf)
  const groups = [...Map.groupBy(all, ({ group }) => group)].toSorted(most)
  const rest = groups.slice(MOST).reduce((sum, [, each]) => sum + each.length, 0)
  return [
    ...groups
      .slice(0, MOST)
      .flatMap(([group, each]) =>
        wrap(
          `${plural(each.length, 'case')} unsupported: ${excerpt(group, 160)}${ownText(each)}`,
          '  ',
          { ...brush, hang: 2 },
        ),
      ),
    ...(rest === 0
      ? []
      : [`  and ${plural(rest, 'other')}; ${where} says what each of them needs`]),
  ].map(brush.dim)
}

function reasonOf(because: string): Reason {
  const [, key] = /^needs a registered (.+) key$/.exec(because) ?? []
  if (key !== undefined) return { group: 'needs a registered key', own: key }
  const [, what, where] = /^needs (.+) \(([\w.]+) in the target file\)$/.exec(because) ?? []
  if (what === undefined || where === undefined) return { group: because, own: '' }
  const [member = where] = where.split('.')
  return { group: `needs more in ${member} of the target file`, own: what }
}

function ownText(reasons: readonly Reason[]): string {
  const owns = [...Map.groupBy(reasons, ({ own }) => own)]
    .filter(([own]) => own !== '')
    .toSorted(most)
  if (owns.length === 0) return ''
  const told = owns
    .slice(0, MOST)
    .map(([own, each]) => `${excerpt(own, 80)} (${count(each.length)})`)
  const more = owns.length > MOST ? `, and ${plural(owns.length - MOST, 'other')}` : ''
  return `: ${told.join(', ')}${more}`
}

function most<Each>(
  [, one]: readonly [string, readonly Each[]],
  [, other]: readonly [string, readonly Each[]],
): number {
  return other.length - one.length
}
