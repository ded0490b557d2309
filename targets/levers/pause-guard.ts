/** The process that stops another one. When it ends, or its parent does, however that went, the other goes on. */
import { answerParent, endWithParent } from './parent.ts'

const paused = new Set<number>()

process.on('exit', () => {
  for (const pid of paused) signal(pid, 'SIGCONT')
})
process.on('SIGTERM', () => process.exit(0))
endWithParent()
answerParent('program', (pid) => {
  // A negative one is that of a group (kill(2)); 0 would be our own, and -1 everybody.
  if (typeof pid !== 'number' || pid === 0 || pid === -1)
    throw new TypeError('not the number of a process or a group')
  paused.add(pid)
  process.kill(pid, 'SIGSTOP')
  return null
})

/** It may have ended meanwhile. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    paused.delete(pid)
  }
}
