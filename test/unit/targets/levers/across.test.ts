/** One act on several edges: in force when it is on each, and not to be had where one of them cannot be broken so. */
import { expect, test } from 'vitest'
import { acrossEdges } from '../../../../targets/levers/across.ts'
import { leverOf, type Act } from '../../../../targets/levers/lever.ts'

/** Edges that can be cut, and remember whether they are; `stuck` are those that never show it. */
function edges(names: readonly string[], stuck: readonly string[] = []) {
  const cut = new Set<string>()
  const act = (on: string): Act => ({
    rung: 'scissors',
    inflict: async () => void cut.add(on),
    broken: async () => (cut.has(on) && !stuck.includes(on) ? { on } : null),
    mend: async () => void cut.delete(on),
    whole: async () => (cut.has(on) ? null : { on }),
  })
  return {
    cut,
    lever: leverOf((name, on) => (name === 'cut' && names.includes(on) ? act(on) : null)),
  }
}

test('is inflicted on each, seen on each and mended on each', async () => {
  const { cut, lever } = edges(['a>store', 'b>store'])
  const both = acrossEdges(lever, ['a>store', 'b>store'], 'cut')
  expect(both?.rung).toBe('scissors')
  await both?.inflict({})
  expect([...cut]).toEqual(['a>store', 'b>store'])
  expect(await both?.broken({})).toEqual([{ on: 'a>store' }, { on: 'b>store' }])
  expect(await both?.whole()).toBeNull()
  await both?.mend()
  expect(await both?.whole()).toEqual([{ on: 'a>store' }, { on: 'b>store' }])
})

test('is not in force where one edge does not show it', async () => {
  const { lever } = edges(['a>store', 'b>store'], ['b>store'])
  const both = acrossEdges(lever, ['a>store', 'b>store'], 'cut')
  await both?.inflict({})
  expect(await both?.broken({})).toBeNull()
})

test.each([
  ['one edge cannot be broken so', ['a>store', 'c>store'], 'cut'],
  ['none can', ['a>store'], 'slow'],
  ['there is no edge', [], 'cut'],
])('is not to be had where %s', (_why, on, name) => {
  const { lever } = edges(['a>store', 'b>store'])
  expect(acrossEdges(lever, on, name)).toBeNull()
})
