/** Whether anybody answers at a port of this machine: some word to a line, in time. */
import { connect } from 'node:net'
import { timer } from '../../harness/clock.ts'

/** How long who is there may take to say anything. */
const ANSWER_MS = 500

export function repliesAt(port: number, line: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const done = (replies: boolean): void => {
      cancel()
      socket.destroy()
      resolve(replies)
    }
    const cancel = timer(ANSWER_MS, () => done(false))
    socket.once('data', () => done(true))
    socket.once('error', () => done(false))
    socket.once('close', () => done(false))
    socket.write(line)
  })
}

/** To a request that any HTTP server answers, with whatever. */
export function answersAt(port: number): Promise<boolean> {
  return repliesAt(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
}
