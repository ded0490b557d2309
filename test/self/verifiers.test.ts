/** The same checks over two kinds of wire: a resource server over HTTP, and a function in this process. */
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { seeded } from '../../harness/random.ts'
import { resource } from '../../targets/embedded.ts'
import { CARELESS, FLAWS } from '../../targets/index.ts'
import { ask } from './ask.ts'

test('a resource server and a library are asked the same and judged the same', async () => {
  const records = [
    await ask({ target: 'resource', suites: ['rfc9068/**'] }),
    await ask({ target: 'jose', suites: ['rfc9068/**'] }),
  ]
  const [overHttp, byCall] = records.map(({ record }) =>
    record.checks
      .filter(({ verdict }) => verdict !== 'unsupported')
      .map(({ id, case: name, verdict, expected }) => ({ id, name, verdict, expected })),
  )
  const ids = new Set(overHttp?.map(({ id }) => id))
  expect([...ids]).toEqual([
    'rfc9068/2.2/required-claims',
    'rfc9068/4/typ',
    'rfc9068/4/iss',
    'rfc9068/4/exp',
    'rfc9068/4/aud',
    'rfc9068/4/keys',
    'rfc9068/4/error',
  ])
  expect(overHttp?.every(({ verdict }) => ['pass', 'informational'].includes(verdict))).toBe(true)
  expect(byCall).toEqual(overHttp)
})

describe('a function that is careless in one thing', () => {
  test.each(CARELESS)('$name is convicted of that, and of nothing else', async (careless) => {
    const { record } = await ask({ target: `careless:${careless.name}`, suites: ['**'] })
    expect(obliging(record)).toEqual(careless.caughtBy.toSorted())
    expect(record.exitCode).toBe(1)
    const failed = record.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    detected.set(`careless:${careless.name}`, [...new Set(failed)].toSorted())
  })

  test('is told by which checks, as it is committed', async () => {
    await expect(`${JSON.stringify(Object.fromEntries(detected), null, 2)}\n`).toMatchFileSnapshot(
      'careless-detections.json',
    )
  })
})

/** By target, the checks that failed. */
const detected = new Map<string, readonly string[]>()

describe('a resource server with a flaw', () => {
  const flaws = FLAWS.filter(({ name }) => OF_VERIFIERS.has(name))

  test.each(flaws)('$name is convicted by what the flaw names', async ({ name, caughtBy, may }) => {
    const target = resource(seeded('7').stream('target'), name)
    const { record } = await ask({ target, suites: ['**'] })
    const found = obliging(record).filter((id) => !may.includes(id))
    expect(found.length).toBeGreaterThan(0)
    expect(caughtBy).toEqual(expect.arrayContaining(found))
  })
})

/** One for each way in which a verifier may be wrong: its keys, its claims, its types. */
const OF_VERIFIERS: ReadonlySet<string> = new Set([
  'algorithm-from-header',
  'nbf-ignored',
  'token-types-ignored',
])

function obliging({ findings }: RunRecord): readonly string[] {
  return findings
    .filter(({ obliges }) => obliges)
    .map(({ id }) => id)
    .toSorted()
}
