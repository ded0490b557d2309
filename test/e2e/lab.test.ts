/** A server nobody here wrote, on a store nobody here wrote: found wrong where it is, and not where it is not. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../harness/model/record.ts'
import { cupel, scratch, type Ended } from './command.ts'

const WITH_REDIS = 'targets/lab/oidc-provider/target.yaml'
const IN_MEMORY = 'targets/lab/oidc-provider/in-memory.yaml'
const LONG_MS = 120_000

describe('oidc-provider', () => {
  test.runIf(redisIsHere())(
    'on Redis is convicted of accepting copies sent at once',
    { timeout: LONG_MS },
    async () => {
      const some = ['--suite', 'rfc7523/**', '--scenario', 'replay-*']
      const { code, record } = await lab(WITH_REDIS, some)
      expect(code).toBe(1)
      expect(replays(record)).toEqual(['replay/accepted-concurrently', RUN_TOGETHER])
      const race = record.findings.find(({ id }) => id === 'replay/accepted-concurrently')
      expect(race?.obligation).toBe('declared')
      expect(race?.witness).toHaveLength(2)
    },
  )

  test.runIf(redisIsHere())(
    'on Redis refuses a copy that comes later',
    { timeout: LONG_MS },
    async () => {
      const { code } = await lab(WITH_REDIS, ['--scenario', 'replay-sequential'])
      expect(code).toBe(0)
    },
  )

  test('in memory is convicted of no replay', { timeout: LONG_MS }, async () => {
    const some = ['--suite', 'rfc7523/**', '--scenario', 'replay-*', '--scenario', 'eviction']
    const { record } = await lab(IN_MEMORY, some)
    expect(replays(record)).toEqual([RUN_TOGETHER])
  })
})

/** It remembers issuer and identifier in one text, with nothing between them, so that one party's spend another's. */
const RUN_TOGETHER = 'replay/refused-first-use'

describe('oauth2-mock-server, which gives a token to everybody,', () => {
  test('is convicted in every class that has a case', { timeout: LONG_MS }, async () => {
    const { code, stdout, record } = await lab('targets/lab/oauth2-mock-server/target.yaml', [
      '--suite',
      '**',
    ])
    expect(code).toBe(1)
    const counts = record.checks
      .filter(({ level }) => ['must', 'derived', 'stated'].includes(level))
      .flatMap(({ toRefuse }) => toRefuse ?? [])
    const decided = counts.reduce((sum, each) => sum + each.decided, 0)
    expect(decided).toBeGreaterThan(300)
    expect(counts.filter((each) => each.accepted < each.decided)).toEqual([])
    expect(stdout).toContain(`${decided} of ${decided} requests`)
    const classes = new Set(obliging(record).map((id) => id.split('/', 1)[0]))
    expect(classes).toEqual(CLASSES)
  })
})

/** What can be wrong with an assertion, a grant or the request that brings them, as findings are named by. */
const CLASSES: ReadonlySet<string> = new Set([
  'algorithm',
  'audience',
  'claims',
  'form',
  'identity',
  'replay',
  'request',
  'signature',
  'time',
])

/**
 * What is publicly known to be wrong in three versions of oidc-provider, found where it is and not found where it was
 * mended. docs/in-the-wild.md tells each in words. `npm run lab:versions` asks, in some minutes.
 */
describe.runIf(process.env['CUPEL_LAB'] === 'versions')(
  'oidc-provider, version by version,',
  () => {
    const readings = ['form/lenient-encoding-accepted', 'form/unreadable-accepted']
    const sequences = ['replay-sequential', 'replay-after-expiry', 'eviction', 'jti-poisoning']
    const scenarios = sequences.flatMap((each) => ['--scenario', each])
    test.each([
      [
        'oidc-provider-5/target.yaml',
        [
          'audience/foreign-accepted',
          ...readings,
          'replay/burned-by-forgery',
          'replay/forgotten-after-others',
          'replay/forgotten-before-leeway-ends',
          'signature/invalid-accepted',
        ],
      ],
      [
        'oidc-provider-6/target.yaml',
        ['audience/foreign-accepted', ...readings, 'replay/forgotten-before-leeway-ends'],
      ],
      [
        'oidc-provider/in-memory.yaml',
        [
          'audience/foreign-accepted',
          'form/critical-extension-ignored',
          'form/lenient-encoding-accepted',
          'replay/refused-first-use',
        ],
      ],
    ])('%s', { timeout: 4 * LONG_MS }, async (file, known) => {
      const { code, record } = await lab(`targets/lab/${file}`, ['--suite', '**', ...scenarios])
      expect(code).toBe(1)
      expect(obliging(record)).toEqual(known)
    })

    test.runIf(redisIsHere())('oidc-provider-6/with-redis.yaml', { timeout: LONG_MS }, async () => {
      const { record } = await lab('targets/lab/oidc-provider-6/with-redis.yaml', [
        '--scenario',
        'replay-race',
      ])
      expect(obliging(record)).toEqual(['replay/accepted-concurrently'])
    })
  },
)

function obliging({ findings }: RunRecord): readonly string[] {
  return findings
    .filter(({ obliges }) => obliges)
    .map(({ id }) => id)
    .toSorted()
}

/** What it is held to that has to do with using an assertion twice. */
function replays(record: RunRecord): readonly string[] {
  return obliging(record).filter((id) => id.startsWith('replay/'))
}

async function lab(
  target: string,
  more: readonly string[],
): Promise<Pick<Ended, 'code' | 'stdout'> & { readonly record: RunRecord }> {
  const out = await scratch()
  const { code, stdout, stderr } = await cupel([
    'run',
    '--target',
    target,
    '--seed',
    '7',
    '--out',
    out,
    ...more,
  ])
  const text = await readFile(join(out, 'latest', 'record.json'), 'utf8').catch(() => {
    throw new Error(stderr)
  })
  return { code, stdout, record: JSON.parse(text) as RunRecord }
}

function redisIsHere(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
