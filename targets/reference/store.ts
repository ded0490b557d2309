/** The process of the faultless replay store. */
import { answerParent, endWithParent } from '../levers/parent.ts'
import { serveStore } from './store-server.ts'

endWithParent()
answerParent('program', () => serveStore(null))
