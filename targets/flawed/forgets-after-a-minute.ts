import type { Flaw } from './flaw.ts'

const KEPT_MS = 60_000

export const forgetsAfterAMinute: Flaw = {
  name: 'forgets-after-a-minute',
  title: 'A used assertion is forgotten after a minute, however long it is good for',
  seenIn: 'servers whose fixed time to live was copied from an example',
  caughtBy: ['replay/forgotten-after-a-while'],
  may: [],
  apply: (faultless, nowMs) => ({
    ...faultless,
    take: (key) => faultless.take(key, nowMs() + KEPT_MS),
  }),
}
