/** What came of a mix at ever higher rates, a line for each rate. */
import type { Json } from '../harness/model/plan.ts'
import { count, milliseconds } from './figures.ts'
import { memberOf } from './members.ts'
import { columns } from './layout.ts'
import type { Brush } from './paint.ts'

const HEAD = [
  'at',
  'false accepts',
  'false rejects',
  'unavailable',
  'half within',
  '99 % within',
  'late',
]

/** @param conclusion What a scenario concluded with; of one that climbed it has `rungs` (plan/scenarios/climb.ts). */
export function curveLines(conclusion: Json | undefined, brush: Brush): readonly string[] {
  const rungs = listIn(conclusion, 'rungs')
  if (rungs.length === 0) return []
  const rows = rungs.map((rung) => [
    `${numberOf(rung, 'perSecond')}/s`,
    share(rung, 'far'),
    share(rung, 'frr'),
    share(rung, 'unavailability'),
    milliseconds(Number(memberOf(rung, 'fromDueP50Ms'))),
    milliseconds(Number(memberOf(rung, 'fromDueP99Ms'))),
    milliseconds(Number(memberOf(rung, 'dueToBegunP99Ms'))),
  ])
  const right = HEAD.map((_, index) => index)
  return columns([HEAD.map(brush.dim), ...rows], { indent: '                ', right })
}

function share(rung: Json, metric: string): string {
  const rate = memberOf(memberOf(rung, 'rates'), metric)
  return `${numberOf(rate, 'events')} of ${numberOf(rate, 'trials')}`
}

function numberOf(value: Json | undefined, name: string): string {
  return count(Number(memberOf(value, name) ?? 0))
}

function listIn(value: Json | undefined, name: string): readonly Json[] {
  const list = memberOf(value, name)
  return Array.isArray(list) ? (list as readonly Json[]) : []
}
