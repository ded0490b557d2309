/** Right refusals prove something only between accepted controls; a lost one is asked again, by somebody else. */
import { describe, expect, test } from 'vitest'
import { readHistory } from '../../harness/history/reader.ts'
import type { Exchange, Session, Target, Wire } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { simulated } from '../../targets/simulated/target.ts'
import { ask } from './ask.ts'

const SUITE = 'rfc7523/3/foreign-key'

describe('a lost after-control', () => {
  test('is sent again by a spare party, and its acceptance counts', async () => {
    const { record, folder } = await ask({ target: losing(['hostile']), suites: [SUITE] })
    const hostile = record.checks.filter(({ id }) => id === SUITE)
    expect(hostile.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 6 }, () => 'pass'))
    const retries = []
    for await (const event of readHistory(`${folder}/history.ndjson.gz`)) {
      if (event.kind === 'observed' && event.caseId.endsWith('/after-2')) retries.push(event)
    }
    expect(retries.map(({ principal, round }) => [principal, round])).toEqual([['spare-1', 1]])
  })

  test('lost by everybody leaves the refusals before it without meaning', async () => {
    const all = ['hostile', 'honest', 'pressure', 'spare-1', 'spare-2', 'honest-2']
    const { record } = await ask({ target: losing(all), suites: [SUITE] })
    const verdicts = record.checks
      .filter(({ id, usage }) => id === SUITE && usage === 'client-authentication')
      .map(({ verdict }) => verdict)
    expect(verdicts).toEqual(['inconclusive', 'inconclusive', 'inconclusive'])
    expect(record.verdict).toBe('inconclusive')
    expect(record.exitCode).toBe(2)
  })
})

test('a namesake that the server does not know is no sign that identifiers run together', async () => {
  const target = simulated(seeded('7').stream('target'))
  const principals = target.facts.principals.map((each) =>
    each.name === 'honest-2' ? { ...each, id: 'honest-3', subject: 'honest-3' } : each,
  )
  const { record } = await ask({
    target: { ...target, facts: { ...target.facts, principals } },
    suites: ['rfc7523/3/jti-per-issuer'],
  })
  const joined = record.checks.find(({ caseId }) => caseId.endsWith(':ca:where-one-name-goes-on'))
  expect(joined?.seen).toContain('other: rejected')
  expect(joined?.verdict).not.toBe('fail')
  expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
})

/** The simulated reference, but replies never arrive: the fifth to `hostile`, and every one to the others named. */
function losing(parties: readonly string[]): Target {
  const target = simulated(seeded('7').stream('target'))
  return {
    ...target,
    async open(site): Promise<Session> {
      const session = await target.open(site)
      const sent = new Map<string, number>()
      return {
        ...session,
        async connect(node, principal): Promise<Wire> {
          const wire = await session.connect(node, principal)
          return {
            ...wire,
            async send(message, signal): Promise<Exchange> {
              const exchange = await wire.send(message, signal)
              const count = (sent.get(principal) ?? 0) + 1
              sent.set(principal, count)
              const lost = parties.includes(principal) && (principal !== 'hostile' || count === 5)
              return lost ? { ...exchange, answeredUs: null, raw: { cause: 'reset' } } : exchange
            },
          }
        },
      }
    },
  }
}
