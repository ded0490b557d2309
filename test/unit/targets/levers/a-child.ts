/** A child process for the tests of child.ts: says back what it is told. */
import { answerParent, endWithParent } from '../../../../targets/levers/parent.ts'

endWithParent()
answerParent('program', (body) => {
  if (body === 'throw') throw new RangeError('as you wish')
  if (body === 'exit') process.exit(3)
  if (body === 'ignore SIGTERM') process.on('SIGTERM', () => undefined)
  return body
})
