/** fast-check with few runs: a mutant that is found in a hundred is found, and one that is not costs a hundred. */
import fc, { type IRawProperty, type Parameters } from 'fast-check'

const RUNS = 20

export default {
  ...fc,
  assert: <T>(property: IRawProperty<T>, parameters: Parameters<T> = {}) =>
    fc.assert(property, { ...parameters, numRuns: Math.min(RUNS, parameters.numRuns ?? RUNS) }),
}
