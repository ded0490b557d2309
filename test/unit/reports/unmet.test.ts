import { expect, test } from 'vitest'
import { unmetBesides } from '../../../reports/unmet.ts'

const MET = { name: 'races judged', seen: 15, needed: 15 }
const UNMET = { name: 'honest requests judged', seen: 3, needed: 60 }

test('guards that were not met are told, but for those that the verdict names', () => {
  expect(unmetBesides({ guards: [MET, UNMET], because: 'It was convicted.' })).toEqual([UNMET])
  const because = 'honest requests judged: 3 of 60'
  expect(unmetBesides({ guards: [MET, UNMET], because })).toEqual([])
})
