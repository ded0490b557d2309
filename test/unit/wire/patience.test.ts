import { expect, test } from 'vitest'
import { patience } from '../../../harness/wire/patience.ts'
import { causeOf, clock, never, openWire, post, tcpServer } from './servers.ts'

test('an answer that arrived while this process stood still is an answer, though the limit passed meanwhile', async () => {
  await using server = await tcpServer((socket) =>
    socket.on('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', standStill)
    }),
  )
  const wire = await openWire(server.origin, { answerMs: 100 })
  expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
  expect(wire.usable()).toBe(true)
  await wire.close()
})

test('a limit that was called off does nothing', async () => {
  let acts = 0
  const off = patience(1, () => acts++)
  standStill()
  off()
  await clock.sleepUntil(clock.nowUs() + 20_000)
  expect(acts).toBe(0)
})

function standStill(): void {
  const untilUs = clock.nowUs() + 150_000
  while (clock.nowUs() < untilUs) {
    // As when the machine is busy with something else.
  }
}
