/** Asks the server at a port over more connections than this process may open; prints what became of each step. */
import { machineClock } from '../../../harness/clock.ts'
import { observations, step, world } from './world.ts'

const origin = new URL(`http://127.0.0.1:${process.argv[2]}`)
const { driver, drive } = world({
  clock: machineClock(),
  connect: (wires) => () => wires.http(origin, null),
})
const steps = Array.from({ length: 120 }, (_, at) => step(`s${at}`, 0))
const seen = observations(await drive(steps)).map(({ answer }) =>
  answer.kind === 'none' ? `${answer.cause} ${answer.detail}` : String(answer.status),
)
process.stdout.write(JSON.stringify(seen))
await driver.close()
