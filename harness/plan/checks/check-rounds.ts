/** What checks ask in later rounds: controls that were lost, and what the server failed over. */
import { isObject } from '../../json.ts'
import type { Due, Json, Step } from '../../model/plan.ts'
import type { Random, TargetFacts } from '../../model/target.ts'
import type { CaseOutcome } from './cases.ts'
import { control, type PlacedBlock } from './check-control.ts'
import { freshPrincipals } from '../principals.ts'
import { stepOf } from '../request.ts'

/** A case as it was placed, to be made again. */
export interface PlacedCase {
  readonly plan: (random: Random, round: number) => CaseOutcome
  readonly block: PlacedBlock
}

export interface Asked {
  readonly facts: TargetFacts
  readonly random: Random
  readonly blocks: readonly PlacedBlock[]
  readonly placed: ReadonlyMap<string, PlacedCase>
}

export function retries(lost: readonly string[], tries: number, asked: Asked): readonly Step[] {
  return asked.blocks.flatMap((placed) => {
    if (!lost.includes(placed.block.id)) return []
    const fresh = freshPrincipals(asked.facts, placed.block.usage, placed.principal.name)[tries]
    if (fresh === undefined) return []
    const at = { which: `after-${tries + 2}`, by: fresh, due: { atUs: 0 }, round: tries + 1 }
    return [control(placed, at, asked)]
  })
}

/** The blocks or cases that the judge tells of under a name. */
export function named(judged: Json, name: 'lost' | 'failed'): readonly string[] {
  const list = isObject(judged) ? judged[name] : undefined
  if (!Array.isArray(list)) return []
  return list.flatMap((each: Json) => {
    const id = isObject(each) ? (each['block'] ?? each['case']) : undefined
    return typeof id === 'string' ? [id] : []
  })
}

/** Cases that a server failed over, again and each between two controls: whatever is no coincidence happens again. */
export function onceMore(cases: readonly string[], asked: Asked): readonly Step[] {
  const round = 1
  const { facts, random } = asked
  return cases.flatMap((caseId, index) => {
    const place = asked.placed.get(caseId)
    const again = place?.plan(random.stream('once more'), round)
    if (place === undefined || again === undefined || 'unsupported' in again) return []
    const { block } = place
    const chain: Step[] = []
    const due = (): Due =>
      chain.length === 0 ? { atUs: 0 } : { after: chain.at(-1)?.name ?? '', plusUs: 0 }
    const controlled = (number: number): void => {
      const at = { which: `between-${number}`, by: block.principal, due: due(), round }
      chain.push(control(block, at, asked))
    }
    controlled(AGAIN_FROM + 2 * index)
    for (const request of again.requests)
      chain.push(stepOf({ ...request, due: due(), node: block.node }, facts))
    controlled(AGAIN_FROM + 2 * index + 1)
    return chain
  })
}

/** No block has as many steps. */
const AGAIN_FROM = 1_000
