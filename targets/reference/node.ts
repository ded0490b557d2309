/** The process of a faultless reference node. */
import { answerParent, endWithParent } from '../levers/parent.ts'
import { FAULTLESS } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { serveNode } from './server.ts'

endWithParent()
// Our own parent's word, typed where it is sent (session.ts).
answerParent('program', (config) => serveNode(config as unknown as NodeConfig, FAULTLESS))
