/** The server that all contenders ask, in a process of its own. */
import { fork } from 'node:child_process'
import { entry } from '../harness/entry.ts'
import { freePorts } from '../targets/ports.ts'

export interface Answering {
  readonly port: number
  /** How many requests it was sent so far. */
  count(): Promise<number>
  stop(): void
}

/** So that it collects nothing but its nursery while others are measured. */
const ROOM = ['--initial-heap-size=128']

export async function answering(): Promise<Answering> {
  const port = (await freePorts(['server'])).get('server') ?? 0
  const child = fork(entry(import.meta, './server'), [String(port)], {
    stdio: 'inherit',
    execArgv: ROOM,
  })
  await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', () => reject(new Error('the server of the bench did not start')))
  })
  return {
    port,
    count: async () => Number(await (await fetch(`http://127.0.0.1:${port}/`)).text()),
    stop: () => void child.kill(),
  }
}
