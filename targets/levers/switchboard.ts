/** The process in which all edges of a target run: a listening port for each, through to a target port, or cut. */
import type { Json } from '../../harness/model/plan.ts'
import { openEdge, type Edge } from './edge.ts'
import { answerParent, endWithParent } from './parent.ts'

const edges = new Map<string, Edge>()

endWithParent()
answerParent('program', async (body): Promise<Json> => {
  const { act, edge: name, port } = body as { act: string; edge: string; port?: number }
  if (act === 'open') {
    const opened = await openEdge()
    edges.set(name, opened)
    return opened.port
  }
  const edge = edges.get(name)
  if (edge === undefined) throw new Error(`there is no edge ${name}`)
  switch (act) {
    case 'aim':
      edge.aim(port ?? 0)
      return null
    case 'cut':
      edge.cut()
      return null
    case 'mend':
      edge.mend()
      return null
    case 'probe':
      return edge.probe()
    default:
      throw new Error(`cannot ${act}`)
  }
})
