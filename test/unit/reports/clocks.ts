import type { Derived } from '../../../harness/model/derived.ts'

/** A node that takes an assertion for 5 to 15 s after its end, one of which too little is known, and one that is not of one mind. */
export const CLOCKS: readonly Derived[] = [
  { name: 'leeway-after-end', node: 'node-1', unit: 's', low: 4.978, high: 15.106, of: 76 },
  { name: 'leeway-before-start', node: 'node-1', unit: 's', low: 0, high: 89.03, of: 20 },
  { name: 'leeway-after-end', node: 'node-2', unit: 's', low: 8.57, high: null, of: 6 },
  { name: 'leeway-after-end', node: 'node-3', unit: 's', low: 40, high: 9.2, of: 6 },
  {
    name: 'refused-by-skew',
    node: 'node-1',
    unit: 'share',
    low: null,
    high: null,
    of: 64,
    points: [
      { x: -90, events: 20, trials: 20 },
      { x: 0, events: 0, trials: 24 },
      { x: 90, events: 15, trials: 20 },
    ],
  },
]
