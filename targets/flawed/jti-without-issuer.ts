import type { Flaw } from './flaw.ts'

export const jtiWithoutIssuer: Flaw = {
  name: 'jti-without-issuer',
  title: 'One memory of identifiers for all issuers, so that any of them spends another’s',
  seenIn: 'servers that remember by the identifier alone',
  caughtBy: ['replay/refused-first-use'],
  may: ['refusal/valid-refused'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    take: (key, keepUntilMs, store) => faultless.take(withoutIssuer(key), keepUntilMs, store),
  }),
}

/** Replay keys are JSON arrays that end in issuer and identifier. */
function withoutIssuer(key: string): string {
  const parts: readonly unknown[] = JSON.parse(key)
  return JSON.stringify([...parts.slice(0, -2), ...parts.slice(-1)])
}
