/** The process in which all edges of a target run: a listening port for each, through to a target port, or broken. */
import type { Json } from '../../harness/model/plan.ts'
import { openEdge, type Edge, type Trouble } from './edge.ts'
import { answerParent, endWithParent } from './parent.ts'

const edges = new Map<string, Edge>()

endWithParent()
answerParent('program', async (order): Promise<Json> => {
  if (!isOrder(order)) throw new TypeError('not an order')
  if (order.act === 'open') {
    const opened = await openEdge(order.host ?? undefined)
    edges.set(order.edge, opened)
    return opened.port
  }
  const edge = edges.get(order.edge)
  if (edge === undefined) throw new RangeError(`there is no edge ${order.edge}`)
  return operate(edge, order)
})

/** What the parent (tcp-proxy.ts) may ask. `port` is where an edge is aimed. */
interface Order {
  readonly act: string
  readonly edge: string
  readonly port: number | null
  readonly trouble: Trouble | null
  /** Where an edge is to listen; null for the loopback interface. */
  readonly host: string | null
}

async function operate(edge: Edge, { act, port, trouble }: Order): Promise<Json> {
  if (act === 'probe') return { ...(await edge.probe()) }
  if (act === 'aim' && port !== null) edge.aim(port)
  else if (act === 'break' && trouble !== null) edge.break(trouble)
  else if (act === 'mend') edge.mend()
  else throw new RangeError(`an edge cannot ${act}`)
  return null
}

function isOrder(order: unknown): order is Order {
  return (
    typeof order === 'object' &&
    order !== null &&
    'act' in order &&
    'edge' in order &&
    'port' in order &&
    'trouble' in order &&
    'host' in order
  )
}
