/** The process of a faultless reference node. */
import { answerParent, endWithParent } from '../levers/parent.ts'
import { FAULTLESS } from './behaviour.ts'
import { nodeConfigIn } from './config.ts'
import { serveNode } from './server.ts'

endWithParent()
answerParent('program', (config) => serveNode(nodeConfigIn(config), FAULTLESS))
