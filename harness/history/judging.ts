/** What a history's header says for judging it. */
import { CupelError } from '../errors.ts'
import { isObject } from '../json.ts'
import type { HistoryEvent } from '../model/history.ts'
import type { Judging } from '../model/judging.ts'

const LISTS = ['asked', 'blocks', 'checks', 'scenarios'] as const
const SAID = ['id', 'title', 'section', 'level', 'requirement'] as const
const OBJECTS = ['policies', 'target'] as const

/**
 * The header's judging section. Within one format it has one shape; what is looked at here tells a header that was
 * written by something else.
 *
 * @throws {CupelError} ERR_HISTORY_UNREADABLE
 */
export function judgingIn(header: Extract<HistoryEvent, { kind: 'header' }>): Judging {
  if (isJudging(header.judging)) return header.judging
  throw new CupelError(
    'ERR_HISTORY_UNREADABLE',
    'the header of the history says nothing to judge by',
    {
      hint: 'A history begins with the header that `cupel run` wrote.',
    },
  )
}

function isJudging(value: unknown): value is Judging {
  return (
    isObject(value) &&
    LISTS.every((name) => Array.isArray(value[name])) &&
    OBJECTS.every((name) => isObject(value[name])) &&
    Object.values(value['checks'] ?? {}).every(isCheck) &&
    Object.values(value['scenarios'] ?? {}).every(isScenario)
  )
}

/** What a check says of itself is shown as it stands, long after it was judged. */
function isCheck(value: unknown): boolean {
  return isObject(value) && SAID.every((name) => typeof value[name] === 'string')
}

function isScenario(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['means'])) return false
  const { conforms, violates } = value['means']
  return [value['name'], value['question'], conforms, violates].every(
    (text) => typeof text === 'string',
  )
}
