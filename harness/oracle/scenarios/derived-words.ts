/** Derived numbers as sentences, to be put after a scenario's answer. */
import type { Derived } from '../../model/derived.ts'

/** Each with a space before it; empty where nothing was derived that says anything. */
export function derivedWords(derived: readonly Derived[]): string {
  return [
    leeways(
      'after its end',
      derived.filter(({ name }) => name === 'leeway-after-end'),
    ),
    leeways(
      'before its time',
      derived.filter(({ name }) => name === 'leeway-before-start'),
    ),
    ...PLACES.map(([endpoint, place]) =>
      revoked(
        place,
        derived.filter((each) => each.name === 'revoked-token-for' && each.endpoint === endpoint),
      ),
    ),
    ...derived.map(sentence),
  ]
    .filter((each) => each !== '')
    .map((each) => ` ${each}`)
    .join('')
}

function sentence({ name, low, high, of }: Derived): string {
  switch (name) {
    case 'new-key-after':
      return `The new key worked after ${seconds(low)} s.`
    case 'old-key-for':
      return `What was taken back worked for ${seconds(low)} s more.`
    case 'fetches-per-junk':
      return `${of} requests that name an unknown key cost ${Math.round((low ?? 0) * of)} fetches.`
    case 'replay-window':
      return `Replay window: a used assertion is accepted again for ${seconds(low)} s at least.`
    case 'memory-capacity':
      return high === null
        ? `The memory holds ${low} used assertions at least.`
        : `The memory holds ${high} used assertions at most; \`cupel probe --capacity ${high + 1}\` finds out how many.`
    // Told for all nodes together, or drawn.
    case 'leeway-after-end':
    case 'leeway-before-start':
    case 'refused-by-skew':
    case 'revoked-token-for':
      return ''
  }
}

/** Of nodes that were seen to grant any: that others refused what was far past its end, the answer itself says. */
function leeways(when: string, nodes: readonly Derived[]): string {
  const granting = nodes.filter(({ low }) => (low ?? 0) > 0)
  if (granting.length === 0) return ''
  const each = granting.map(({ node, low, high }) => `${node} ${bounds(low ?? 0, high)}`)
  return `By its own clock a node takes an assertion ${when}: ${each.join(', ')}.`
}

/** Where a token is tried. */
const PLACES = [
  ['introspection', 'By introspection'],
  ['resource', 'At the resource'],
] as const

function revoked(place: string, nodes: readonly Derived[]): string {
  if (nodes.length === 0) return ''
  const each = nodes.map(
    ({ node, low, high }) => `${node ?? 'the target'} ${goodFor(low ?? 0, high)}`,
  )
  return `${place} a revoked token was good still: ${each.join(', ')}.`
}

function goodFor(low: number, high: number | null): string {
  if (high === null) return low === 0 ? 'not known for how long' : bounds(low, high)
  return low === 0 ? `for ${(Math.ceil(high * 10) / 10).toFixed(1)} s at most` : bounds(low, high)
}

function bounds(low: number, high: number | null): string {
  if (high === null) return `for ${seconds(low)} s at least`
  if (high < low) return `for ${seconds(low)} s once, and not for ${seconds(high)} s another time`
  return `for ${seconds(low)} to ${seconds(high)} s`
}

function seconds(value: number | null): string {
  return (value ?? 0).toFixed(1)
}
