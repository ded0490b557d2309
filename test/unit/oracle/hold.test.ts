import { expect, test } from 'vitest'
import { openHold } from '../../../harness/oracle/hold.ts'
import { asked, BUSY, START_US } from './histories.ts'

test('an observation waits until every clock that is measured was read after its answer', () => {
  const released: string[] = []
  const hold = openHold(({ step }) => released.push(step))
  hold.measured('node-1', START_US)
  hold.measured('node-2', START_US)
  hold.push(asked({ step: 's/a', at: 1, answer: BUSY }))
  hold.push(asked({ step: 's/b', at: 3, answer: BUSY }))
  hold.measured('node-1', START_US + 9_000_000)
  expect(released).toEqual([])
  hold.measured('node-2', START_US + 2_000_000)
  expect(released).toEqual(['s/a'])
  hold.flush()
  hold.flush()
  expect(released).toEqual(['s/a', 's/b'])
})

test('without any clock nothing waits', () => {
  const released: string[] = []
  openHold(({ step }) => released.push(step)).push(asked({ step: 's/a', at: 1, answer: BUSY }))
  expect(released).toEqual(['s/a'])
})
