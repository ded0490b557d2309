/** One act at many places at once. */
import type { Inflicted, Lever } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Act, Options } from './lever.ts'

/** In force when it is on each edge, and over when it is on none. Null where one of them cannot be broken so. */
export function acrossEdges(link: Lever, edges: readonly string[], act: string): Act | null {
  const rungs = edges.map((edge) => link.rung(act, edge))
  const [rung] = rungs
  if (rung === undefined || rung === null || rungs.includes(null)) return null
  let inflicted: Inflicted[] = []
  const all = async (look: (one: Inflicted) => Promise<Json | null>): Promise<Json | null> => {
    const seen = await Promise.all(inflicted.map(look))
    return seen.includes(null) ? null : seen
  }
  return {
    rung,
    async inflict(options: Options) {
      inflicted = await Promise.all(edges.map((edge) => link.inflict(act, edge, options)))
    },
    broken: () => all((one) => one.confirm()),
    async mend() {
      await Promise.all(inflicted.map((one) => one.mend()))
    },
    whole: () => all((one) => one.confirmMended()),
  }
}

/** What a store suffers when every edge to it does. */
export const ON_EDGES: Readonly<Record<string, string>> = { outage: 'cut', slow: 'slow' }
