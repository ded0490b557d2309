/** Which failures of a server are asked once more, and when what it did then is held against it. */
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import type { Controls } from '../../../harness/oracle/checks/blocks.ts'
import {
  onceMore,
  serverErrors,
  worthAsking,
  type FailedCase,
} from '../../../harness/oracle/checks/server-errors.ts'
import type { Sighting } from '../../../harness/oracle/sighting.ts'
import { exhibit } from './exhibits.ts'
import {
  asked,
  granted,
  LOST,
  presented,
  reply,
  RUN_ID,
  START_US,
  truthAt,
  type Asked,
} from './histories.ts'

const FAILED = reply(500)
const TELLING = { startedUs: START_US, runId: RUN_ID }

function seen(name: string, answer: Answer, more: Partial<Asked> = {}): Sighting {
  const observation = asked({ step: `checks/r0/${name}/ask`, at: 2, answer, ...more })
  const accepted = answer.kind === 'reply' && answer.status === 200
  return {
    ...exhibit(2, { node: observation.node, outcome: accepted ? 'accepted' : 'failed' }),
    presentation: presented(truthAt(2)),
    observation,
  }
}

function controls(more: Partial<Controls> = {}): Controls {
  const [before, after] = [seen('before', granted()), seen('after', granted())]
  return { id: 'ca-1', before, between: [], after, afters: [after], ...more }
}

const AGAIN = seen('between', granted(), { round: 1 })

/** A stimulus that was failed over twice, amid controls that were all accepted. */
function failed(name: string, more: Partial<FailedCase> = {}): FailedCase {
  return {
    check: name.slice(0, 1),
    sighting: seen(name, FAILED),
    again: seen(name, FAILED, { round: 1 }),
    controls: controls({ between: [AGAIN] }),
    ...more,
  }
}

describe('asked once more is', () => {
  const names = (...of: readonly FailedCase[]) =>
    worthAsking(of).map(({ case: each }) => each.replace('checks/', ''))

  test('one of each check before the further ones of any, six of all', () => {
    const many = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1', 'c2'].map((name) => failed(name))
    expect(names(...many)).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', 'b2'])
  })

  test('nothing around which a control was lost: that may have been anybody’s failure', () => {
    const lost = failed('a1', { controls: controls({ after: null }) })
    expect(names(lost, failed('a2'))).toEqual(['a2'])
    expect(names(lost)).toEqual([])
  })

  test('under the same name in the next round', () => {
    expect(onceMore('checks/r0/doc/1/check:ca:case/ask')).toBe('checks/r1/doc/1/check:ca:case/ask')
  })
})

describe('a server that failed over two stimuli, and again', () => {
  const two = [failed('a1'), failed('a2')]
  const told = (of: readonly FailedCase[], all: readonly Controls[] = []) =>
    serverErrors(of, all, TELLING)

  test('is held to it, by what the documents say of answers', () => {
    expect(told(two)).toMatchObject({
      obliges: true,
      check: 'a',
      spec: ['RFC 6749 §5.2; RFC 7523 §3.1, §3.2; RFC 6750 §3.1'],
      because:
        'node-1 answered 500 to what it had only to refuse, between two right requests that it answered well; so it did over 2 of the stimuli, and over 2 when they were asked once more.',
    })
  })

  test('is told without its name where nobody knows which node it was', () => {
    const nowhere = { sighting: seen('a1', FAILED, { node: null }) }
    expect(told([failed('a1', nowhere)])?.because).toMatch(/^The target answered 500/)
  })

  test('is not where any control of the run met such an answer, whichever it was', () => {
    const met = seen('control', FAILED)
    for (const failing of [
      controls({ before: met }),
      controls({ between: [AGAIN, met] }),
      controls({ afters: [met] }),
    ]) {
      expect(told(two, [controls(), failing])).toMatchObject({ obliges: false })
    }
    // One that got no answer met none.
    const lost = seen('control', LOST)
    expect(told(two, [controls({ before: null }), controls({ between: [lost] })])).toMatchObject({
      obliges: true,
    })
  })

  test('is held to what it did between accepted controls of that later round, and of no earlier one', () => {
    const between = (...of: readonly Sighting[]) =>
      told(two.map((each) => ({ ...each, controls: controls({ between: of }) })))
    const early = seen('between', LOST)
    expect(between(early, AGAIN)).toMatchObject({ obliges: true })
    expect(between()).toMatchObject({ obliges: false })
    expect(between(seen('between', granted()))).toMatchObject({ obliges: false })
    expect(between(AGAIN, { ...AGAIN, outcome: 'unanswered' })).toMatchObject({ obliges: false })
  })
})
