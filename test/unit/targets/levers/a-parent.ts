/** A parent to be killed: starts a child, prints its pid and waits. */
import { startChild } from '../../../../targets/levers/child.ts'

const child = await startChild(
  { adopt: () => () => undefined },
  { name: 'a child', module: new URL('./a-child.ts', import.meta.url), preloads: [] },
)
process.stdout.write(`${child.pid}\n`)
