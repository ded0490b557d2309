/** Which controls belong to a block, when they are lost, and for which refusals they vouch. */
import { describe, expect, test } from 'vitest'
import { openBlocks, vouchForRefusal } from '../../../harness/oracle/checks/blocks.ts'
import type { Sighting } from '../../../harness/oracle/sighting.ts'

describe('the controls of a block', () => {
  const blocks = () => openBlocks([{ id: 'ca-1', usage: 'client-authentication', profiles: [] }])
  const see = (
    all: readonly (readonly [caseId: string, outcome: string])[],
    usage = 'client-authentication',
  ) => {
    const open = blocks()
    for (const [caseId, outcome] of all) {
      open.see({ observation: { caseId }, presentation: { usage }, outcome } as Sighting)
    }
    return open
  }

  test('are those before, between and after it, by their names and their usage', () => {
    const { before, between, after, afters } = see([
      ['control/ca-1/before', 'accepted'],
      ['control/ca-1/between-7', 'accepted'],
      ['control/ca-1/between-8', 'failed'],
      ['control/ca-1/after', 'failed'],
      ['control/ca-1/after-2', 'accepted'],
      ['control/other/before', 'rejected'],
      ['doc/control/ca-1/before', 'rejected'],
      ['control/ca-1/before/more', 'rejected'],
    ]).of('ca-1')
    expect([before, after].map((each) => each?.outcome)).toEqual(['accepted', 'failed'])
    expect(between.map(({ outcome }) => outcome)).toEqual(['accepted', 'failed'])
    expect(afters.map(({ outcome }) => outcome)).toEqual(['failed', 'accepted'])
    const none = { before: null, after: null }
    expect(see([['control/ca-1/before', 'accepted']], 'dpop-proof').of('ca-1')).toMatchObject(none)
    expect(blocks().of(null)).toMatchObject(none)
  })

  test('are lost while none after it was accepted, and refused throughout where each was, twice and more', () => {
    const state = (...afters: readonly string[]) => {
      const open = see([
        ['control/ca-1/before', 'accepted'],
        ...afters.map((outcome, index) => [`control/ca-1/after-${index}`, outcome] as const),
      ])
      return [open.lost(), open.refusedThroughout().length]
    }
    const lost = (tries: number) => [{ block: 'ca-1', tries }]
    expect(state()).toEqual([[], 0])
    expect(state('accepted')).toEqual([[], 0])
    expect(state('failed', 'accepted')).toEqual([[], 0])
    expect(state('rejected')).toEqual([lost(1), 0])
    expect(state('rejected', 'rejected')).toEqual([lost(2), 1])
    expect(state('rejected', 'failed')).toEqual([lost(2), 0])
  })

  test('vouch for refusals by the sender itself or, where its answer was lost, by another', () => {
    const vouches = (before: string, after: string | null, second = 'accepted') =>
      vouchForRefusal(
        see([
          ['control/ca-1/before', before],
          ...(after === null ? [] : [['control/ca-1/after', after] as const]),
          ['control/ca-1/after-2', second],
        ]).of('ca-1'),
      )
    expect(vouches('accepted', 'accepted', 'failed')).toBe(true)
    for (const lost of ['unanswered', 'failed', 'unsent']) {
      expect(vouches('accepted', lost)).toBe(true)
      expect(vouches('accepted', lost, lost)).toBe(false)
    }
    for (const turned of ['rejected', 'elsewhere', 'challenged']) {
      expect(vouches('accepted', turned)).toBe(false)
    }
    expect(vouches('accepted', null)).toBe(false)
    expect(vouches('failed', 'accepted')).toBe(false)
  })
})
