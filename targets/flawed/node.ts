/** The process of a node with one flaw. */
import { answerParent, endWithParent } from '../levers/parent.ts'
import { FAULTLESS } from '../reference/behaviour.ts'
import { nodeConfigIn } from '../reference/config.ts'
import { serveNode } from '../reference/server.ts'
import { FLAWS } from './index.ts'

endWithParent()
answerParent('program', (body) => {
  const config = nodeConfigIn(body)
  const flaw = FLAWS.find(({ name }) => name === config.flaw)
  if (flaw === undefined) throw new Error(`there is no flaw ${config.flaw}`)
  return serveNode(
    config,
    flaw.apply(FAULTLESS, () => Date.now()),
  )
})
