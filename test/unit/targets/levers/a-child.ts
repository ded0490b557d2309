/** A child process for the tests of child.ts: says back what it is told. */
import { createServer } from 'node:net'
import { listenOnLoopback } from '../../../../targets/levers/listen.ts'
import { answerParent, endWithParent } from '../../../../targets/levers/parent.ts'

/** Longer than any interval of the clock's own. */
const BLOCKED_MS = 300

endWithParent()
// Like a node it has a port open, so that it does not end by itself for want of anything to do.
await listenOnLoopback(createServer())
answerParent('program', (body) => {
  if (body === 'throw') throw new RangeError('as you wish')
  if (body === 'exit') process.exit(3)
  if (body === 'ignore SIGTERM') process.on('SIGTERM', () => undefined)
  // oxlint-disable-next-line no-restricted-globals -- it is the very clock under test
  if (body === 'now') return Date.now()
  if (body === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCKED_MS)
  return body
})
