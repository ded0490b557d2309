import { LEEWAY_SECONDS } from '../reference/decide.ts'
import type { Flaw } from './flaw.ts'

export const forgetsBeforeLeewayEnds: Flaw = {
  name: 'forgets-before-leeway-ends',
  title: 'A used assertion is forgotten at its end, though a fresh one is accepted beyond that',
  seenIn: 'a certified library and a large open-source server, in earlier versions',
  caughtBy: ['replay/forgotten-before-leeway-ends'],
  may: [],
  apply: (faultless) => ({
    ...faultless,
    take: (key, keepUntilMs) => faultless.take(key, keepUntilMs - LEEWAY_SECONDS * 1000),
  }),
}
