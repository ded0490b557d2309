import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lived, worlds, type World } from './right-servers.ts'
import { groupsOf, type ToldGroup } from './uses.ts'

function judged(world: World) {
  const { uses, options } = lived(world)
  return [...groupsOf(uses, options).values()]
}

function convicted({ doubles, phantom }: ToldGroup): boolean {
  return doubles.some(({ frame }) => frame === 'code') || phantom?.implementation === true
}

describe('a server that does nothing wrong', () => {
  test('is convicted of no double accept and of no phantom replay', () => {
    fc.assert(
      fc.property(worlds, (world) => !judged(world).some(convicted)),
      { seed: 7523, numRuns: 4000 },
    )
  })

  test('refuses nothing unprovoked where nothing repeats a request or an insert', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(world.flushUs === null)
        fc.pre(world.presented.every(({ fate }) => !fate.endsWith('repeated')))
        expect(judged(world).filter(({ phantom }) => phantom !== null)).toEqual([])
      }),
      { seed: 7523, numRuns: 1000 },
    )
  })

  test('is seen often enough where it could be convicted wrongly', () => {
    const groups = fc.sample(worlds, { seed: 7523, numRuns: 2000 }).flatMap(judged)
    expect(groups.filter(({ doubles }) => doubles.length > 0).length).toBeGreaterThan(50)
    expect(groups.filter(({ phantom }) => phantom !== null).length).toBeGreaterThan(50)
    expect(groups.filter(({ undecided }) => undecided.length > 0).length).toBeGreaterThan(200)
    expect(groups.filter(({ owedRejects }) => owedRejects.length > 0).length).toBeGreaterThan(200)
  })
})
