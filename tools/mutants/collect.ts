/**
 * What the unit tests take from vitest, without its worker: the tests are collected once and can then be called, one by one,
 * as often as there are mutants. `expect` is vitest's own.
 */
export { expect } from 'vitest'

export interface Collected {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly body: () => unknown
}

type Body = (...values: unknown[]) => unknown
type Suite = (name: string, body: Body) => void

export const collected: Collected[] = []
let file = ''
let suites: readonly string[] = []

/** Whatever is collected from now on is of this file. */
export function startFile(path: string): void {
  file = path
}

export const test = withEach((name, body) => {
  const full = [...suites, name].join(' > ')
  collected.push({ id: `${file}#${full}`, name: full, file, body })
})

export const describe = withEach((name, body) => {
  const around = suites
  suites = [...around, name]
  body()
  suites = around
})

function withEach(collect: Suite): Suite & { readonly each: (rows: readonly unknown[]) => Suite } {
  const each =
    (rows: readonly unknown[]): Suite =>
    (name, body) => {
      for (const [index, row] of rows.entries()) {
        const values: readonly unknown[] = Array.isArray(row) ? row : [row]
        collect(`${name} (${index + 1})`, () => body(...values))
      }
    }
  return Object.assign((name: string, body: Body) => collect(name, body), { each })
}
