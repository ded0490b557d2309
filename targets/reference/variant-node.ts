/** The process of a node that is right in another way. */
import { answerParent, endWithParent } from '../levers/parent.ts'
import { FAULTLESS } from './behaviour.ts'
import { nodeConfigIn } from './config.ts'
import { serveNode } from './server.ts'
import { VARIANTS } from './variants.ts'

endWithParent()
answerParent('program', (body) => {
  const config = nodeConfigIn(body)
  const variant = VARIANTS.find(({ name }) => name === config.variant)
  if (variant === undefined) throw new Error(`there is no variant ${config.variant}`)
  return serveNode(config, variant.apply(FAULTLESS))
})
