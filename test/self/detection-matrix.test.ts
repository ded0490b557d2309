/**
 * The harness's own false accept and false reject rate: every flaw must be convicted by the findings it names, and
 * neither the faultless references nor any flaw may be accused of anything else.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { FINDINGS } from '../../harness/findings.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import type { Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { embedded } from '../../targets/embedded.ts'
import type { Flaw } from '../../targets/flawed/flaw.ts'
import { FLAWS } from '../../targets/index.ts'
import { ask } from './ask.ts'

/** Asked in every run; the live variants besides, which have the same code as the simulated ones, in a full one. */
const REFERENCES = [
  'embedded',
  'simulated:reference',
  'simulated:reserve-and-release',
  'simulated:burns-on-refusal',
  'simulated:strict',
  'simulated:fapi2',
  'resource',
  'jose',
  'spiffe',
]
const LIVE_VARIANTS = [
  'reference:reserve-and-release',
  'reference:burns-on-refusal',
  'reference:strict',
  'reference:fapi2',
  'reference:id-jag',
]
const RUN_MS = 120_000

/**
 * The simulated reference is asked everything, and so is the embedded one, here or by the tour. The others are spared the
 * situations that take longest and show no flaw there is, unless CUPEL_MATRIX=full (`npm run matrix`), and flaws always are:
 * they are asked for what they show, live ones too where it is full.
 */
const QUICK = ['replay-*', 'eviction', 'jti-poisoning']

/** A property looks for the smallest case of what is wrong, which takes long where much is; where nothing is, it is quick. */
const SPARED = [...QUICK, 'property-*']
/** What only drawn requests show, where it is looked for, and how many are drawn of each kind. */
const DRAWN = new Map([
  ['parameters-in-order', 'property-combinations'],
  ['capital-digits-only', 'property-combinations'],
  ['shallow-reader', 'property-assertions'],
  ['brought-keys-cached', 'property-sequences'],
  ['rotation-forgets-replays', 'property-rotations'],
])
const RUNS = 25
const FULL = process.env['CUPEL_MATRIX'] === 'full'

// The tour (test/e2e/tour.test.ts) asks the embedded one everything, in every run of the tests.
const WHOLE = FULL ? ['embedded', 'simulated:reference'] : ['simulated:reference']

/** What a flaw shows only while something is broken. */
const BROKEN = new Map([
  ['replay/accepted-during-fault', 'partitioned-cache'],
  ['replay/accepted-after-fault', 'partitioned-cache'],
  ['replay/fails-open', 'partitioned-cache'],
  ['refusal/outage-told-as-client-error', 'partitioned-cache'],
  ['replay/forgotten-after-a-while', 'memory-after-a-minute'],
  ['keys/new-key-refused', 'key-rotation'],
  ['keys/removed-key-accepted', 'key-removal'],
  ['keys/junk-costs-a-fetch', 'unknown-kid-storm'],
  ['replay/loser-token-lives', 'replay-race'],
  ['revocation/revoked-accepted', 'revocation'],
  ['tokens/revoked-accepted', 'token-revocation'],
  ['tokens/revoked-accepted-again', 'token-revocation'],
])

/**
 * Flaws of the store and of several nodes that are asked live in every run though they have a simulated twin: one for each
 * way in which sockets, processes or a proxy take part in them.
 */
const LIVE: ReadonlySet<string> = new Set([
  'no-replay-check',
  'memory-per-node',
  'partition-falls-back-to-local',
  'fails-open',
  'burns-before-signature',
  'removed-key-lives',
  'revoked-client-lives',
  'revoked-token-lives',
])

/**
 * In a run of a few minutes each flaw is asked once: simulated where it can be, which takes no time, and live where it
 * lives in bytes or is one of LIVE. A full matrix (`npm run matrix`) asks every one of them in both ways.
 */
const FLAWED = FLAWS.flatMap((flaw) => {
  const live = { name: `flawed:${flaw.name}`, flaw }
  if (flaw.onlyLive !== undefined) return [{ ...live, byDefault: true }]
  const byDefault = LIVE.has(flaw.name)
  return [
    { ...live, byDefault },
    { name: `simulated:${flaw.name}`, flaw, byDefault: !byDefault },
  ]
})

/** Of each finding, whether it obliges and how often it was made, by target. */
const observed = new Map<string, ReadonlyMap<string, { obliges: boolean; times: number }>>()
/** By target, the checks that failed. */
const detected = new Map<string, readonly string[]>()

afterAll(async () => {
  await mkdir('out', { recursive: true })
  const rows = [...observed].map(([name, found]) => [name, Object.fromEntries(found)])
  await writeFile('out/detection-matrix.json', JSON.stringify(Object.fromEntries(rows), null, 2))
})

describe('the detection matrix', () => {
  for (const name of [...REFERENCES, ...(FULL ? LIVE_VARIANTS : [])]) {
    test(`${name} conforms and is accused of nothing`, { timeout: RUN_MS }, async () => {
      const record = await askOf(name, { quick: WHOLE.includes(name) ? [] : SPARED })
      expect(accusations(record), describeFindings(record)).toEqual([])
      expect(record.verdict, undecided(record)).toBe('conforms')
      expect(record.exitCode).toBe(0)
    })
  }

  for (const { name, flaw, byDefault } of FLAWED) {
    if (!byDefault && !FULL) continue
    test(
      `${name} is convicted by what it names, and of nothing else`,
      { timeout: RUN_MS },
      async () => {
        const record = await askOf(name, {
          flaw,
          quick: situationsFor(flaw, name.startsWith('flawed:')),
        })
        const { caughtBy, may, notedAs = [] } = flaw
        const asserted = accusations(record).filter((id) => !may.includes(id))
        expect(asserted, describeFindings(record)).toEqual(caughtBy.toSorted())
        expect(record.findings.map(({ id }) => id)).toEqual(expect.arrayContaining([...notedAs]))
        expect(record.exitCode, undecided(record)).toBe(caughtBy.length > 0 ? 1 : 0)
      },
    )
  }

  test('reads as it is committed', async () => {
    await expect(matrix()).toMatchFileSnapshot('detection-matrix.md')
  })

  test('tells flaw by flaw which checks see it, as it is committed', async () => {
    const rows = FLAWED.filter(({ byDefault }) => byDefault).map(({ name, flaw }) => [
      flaw.name,
      detected.get(name) ?? [],
    ])
    await expect(`${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`).toMatchFileSnapshot(
      'detections.json',
    )
  })
})

/**
 * Of a live target whose flaw shows only amid trouble nothing else is asked: over a real store it is asked once more
 * (redis.test.ts), and its simulated twin is asked everything.
 */
function situationsFor(flaw: Flaw, live: boolean): readonly string[] {
  const { name, shows, caughtBy, notedAs = [] } = flaw
  if (shows === 'in-checks') return []
  if (shows === 'in-properties') return [DRAWN.get(name) ?? 'property-*']
  const broken = [...caughtBy, ...notedAs].map((id) => BROKEN.get(id))
  const named = broken.filter((each) => each !== undefined)
  return (live && named.length > 0) || shows === 'in-keys' ? named : [...QUICK, ...named]
}

interface Asking {
  readonly flaw?: Flaw
  /** The situations of a quick run; of a reference all when there are none. */
  readonly quick: readonly string[]
}

async function askOf(name: string, { flaw, quick }: Asking): Promise<RunRecord> {
  // Nobody can change keys that a target in this process goes by.
  const inChecks =
    flaw?.shows === 'in-checks' ||
    (flaw?.shows === 'in-properties' && !quick.includes('property-rotations'))
  const whole = flaw === undefined && (FULL || quick.length === 0)
  const target = inChecks && name.startsWith('flawed:') ? here(flaw) : name
  const { record } = await ask({
    target,
    strict: flaw?.strict === true,
    ...(whole ? {} : { suites: suitesFor(flaw), scenarios: quick }),
    ...(flaw?.shows === 'in-properties' ? { propertyRuns: RUNS } : {}),
  })
  observed.set(
    name,
    new Map(record.findings.map(({ id, obliges, times }) => [id, { obliges, times }])),
  )
  detected.set(name, failedChecks(record))
  return record
}

/** What a memory does wrong shows in few checks, and a store that waits for company makes each of them slow. */
function suitesFor(flaw: Flaw | undefined): readonly string[] {
  if (flaw?.shows === 'in-keys' || flaw?.shows === 'in-properties') return []
  return flaw === undefined || flaw.shows === 'in-checks' ? ['**'] : ['rfc7523/**', 'oidc/**']
}

/** A flaw that requests one by one show needs no connections to show in. */
function here({ name }: Flaw): Target {
  const random = seeded('7').stream('target')
  return embedded(random, { name: `flawed:${name}`, flaw: name, inProcess: true })
}

function failedChecks({ checks }: RunRecord): readonly string[] {
  const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  return [...new Set(failed)].toSorted()
}

function accusations(record: RunRecord): readonly string[] {
  return record.findings
    .filter(({ obliges }) => obliges)
    .map(({ id }) => id)
    .toSorted()
}

/** What is asserted: that it must be found, or is noted. What a flaw merely may show is left out: the page is stable. */
function matrix(): string {
  const seen = (name: string, isAsserted: (id: string) => boolean): string => {
    const found = observed.get(name)
    const ids = [...FINDINGS.keys()].filter((id) => found?.has(id) === true && isAsserted(id))
    const obliges = (id: string): boolean => found?.get(id)?.obliges === true
    return [ids.filter(obliges), ids.filter((id) => !obliges(id))]
      .map((each) => each.join(', '))
      .join(' | ')
  }
  return [
    '# Detection matrix',
    '',
    'What every run must find, by target, and nothing else that obliges. What is noted obliges nobody.',
    '',
    '| target | must be found | is noted |',
    '|---|---|---|',
    ...REFERENCES.map((name) => `| ${name} | ${seen(name, () => true)} |`),
    ...FLAWED.filter(({ byDefault }) => byDefault).map(
      ({ name, flaw: { caughtBy, notedAs = [] } }) => {
        const asserted = [...caughtBy, ...notedAs]
        return `| ${name} | ${seen(name, (id) => asserted.includes(id))} |`
      },
    ),
    '',
  ].join('\n')
}

function describeFindings(record: RunRecord): string {
  return record.findings.map(({ id, because }) => `${id}: ${because}`).join('\n')
}

function undecided(record: RunRecord): string {
  const parts = [...record.checks, ...record.scenarios].filter(
    ({ verdict }) => verdict === 'inconclusive',
  )
  return parts.map((part) => `${'id' in part ? part.id : part.name}: ${part.because}`).join('\n')
}
