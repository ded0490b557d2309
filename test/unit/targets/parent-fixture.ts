/** A harness that starts a program, says so, and waits to be killed: `node parent-fixture.ts PORT FILE`. */
import { machineClock } from '../../../harness/clock.ts'
import { openWires } from '../../../harness/wire/wires.ts'
import { startPrograms } from '../../../targets/process.ts'

const [port = '', file = ''] = process.argv.slice(2)
const clock = machineClock()
const site = {
  clock,
  random: { stream: () => site.random, next: () => 0 },
  wires: openWires(clock, { answerMs: 5000, answerBytes: 65_536 }),
  signal: new AbortController().signal,
  folder: '.',
  note: () => undefined,
  adopt: () => () => undefined,
}
const command = ['node', 'server-fixture.mjs', port, 'child', file]
await startPrograms(site, [
  {
    name: 'server',
    port: Number(port),
    folder: import.meta.dirname,
    file: { command, ready: { http: '/' } },
  },
])
process.stdout.write('ready\n')
// The guard's channel keeps this process alive.
