import { expect, test } from 'vitest'
import type { Derived } from '../../../harness/model/derived.ts'
import { derivedWords } from '../../../harness/oracle/scenarios/derived-words.ts'

function leeway(node: string, low: number, high: number | null): Derived {
  return { name: 'leeway-after-end', node, unit: 's', low, high, of: 4 }
}

test('the leeway of nodes is one sentence, with what is known on either side', () => {
  expect(derivedWords([leeway('node-1', 8.52, null), leeway('node-2', 5, 15.1)])).toBe(
    ' By its own clock a node takes an assertion after its end: node-1 for 8.5 s at least, node-2 for 5.0 to 15.1 s.',
  )
})

test('must not tell of who was only seen to refuse what ended long before', () => {
  expect(derivedWords([leeway('node-1', 0, 86_400.8), leeway('node-2', 0, 3_600)])).toBe('')
  expect(derivedWords([leeway('node-1', 0, 86_400.8), leeway('node-2', 5, null)])).not.toContain(
    'node-1',
  )
})

test('a memory that lost something is bounded from above, one that kept all from below', () => {
  const memory = { name: 'memory-capacity', node: null, unit: 'assertions', of: 30 } as const
  expect(derivedWords([{ ...memory, low: 120, high: null }])).toContain(
    '120 used assertions at least',
  )
  expect(derivedWords([{ ...memory, low: null, high: 99 }])).toContain('99 used assertions at most')
})
