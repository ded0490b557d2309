/** The process of a replay store that makes the gap between a lookup and what follows it as wide as it needs to be. */
import { answerParent, endWithParent } from '../levers/parent.ts'
import { serveStore } from '../reference/store-server.ts'
import { gather } from './gather.ts'

endWithParent()
answerParent('program', (copies) => serveStore(gather(Number(copies))))
