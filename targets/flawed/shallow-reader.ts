import type { Json } from '../../harness/model/plan.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

/** As deep as some readers of JSON go before they give up. */
const MOST_LEVELS = 64

export const shallowReader: Flaw = {
  name: 'shallow-reader',
  title: 'Claims with more than sixty-four levels make the server fail instead of refusing them',
  seenIn: 'readers that are recursive, and servers that do not expect them to give up',
  caughtBy: ['robustness/server-error'],
  may: [],
  shows: 'in-properties',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      async open(text) {
        const opened = await faultless.parser.open(text)
        if (opened !== null && levelsOf(opened.claims) > MOST_LEVELS)
          throw new RangeError('too deep')
        return opened
      },
    },
  }),
}

function levelsOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map((each) => levelsOf(each)))
}
