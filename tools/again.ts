/**
 * Whether it would be found every time: the faultless reference, and flaws that requests one by one show, each asked again
 * and again with another seed: `npm run again -- --runs 20`. It ends with 1 where the reference was accused once, or a flaw
 * was not convicted by what it names in every run.
 *
 * `--what properties` asks properties alone, of the reference and of flaws that they find; `--what checks` the checks, of
 * the reference and of every flaw that they find (`--flaw 'aud-*'` of some, `--flaw reference` of none); `--what scenarios`
 * those that show flaws of memories, stores and keys, in simulated time where that can be. `--asks own` asks a
 * flaw those checks alone that are known to see it (test/self/detections.json), which takes a few seconds for twenty runs.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, matchesGlob } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from '../api/index.ts'
import type { Target } from '../harness/model/target.ts'
import { seeded } from '../harness/random.ts'
import { embedded } from '../targets/embedded.ts'
import { simulated } from '../targets/simulated/target.ts'
import { FLAWS } from '../targets/index.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    what: { type: 'string', default: 'properties' },
    flaw: { type: 'string', default: '*' },
    'property-runs': { type: 'string', default: '25' },
    asks: { type: 'string', default: 'all' },
  },
})

interface Asked {
  readonly flaw: string | null
  readonly scenarios: readonly string[]
  /** Must be among what it is convicted by; null of who must be convicted by nothing. */
  readonly found: string | null
  /** In simulated time, for what no function in this process can suffer. */
  readonly simulated?: true
}

/** The reference, and flaws that let something in, or refuse much of what is right, each with the property that is to find it. */
const PROPERTIES: readonly Asked[] = [
  { flaw: null, scenarios: ['property-*'], found: null },
  { flaw: null, scenarios: ['property-rotations'], found: null, simulated: true },
  {
    flaw: 'rotation-forgets-replays',
    scenarios: ['property-rotations'],
    found: 'replay/accepted-during-fault',
    simulated: true,
  },
  {
    flaw: 'no-replay-check',
    scenarios: ['property-sequences'],
    found: 'replay/accepted-sequentially',
  },
  {
    flaw: 'key-is-jti-alone',
    scenarios: ['property-sequences'],
    found: 'replay/refused-first-use',
  },
  {
    flaw: 'algorithm-from-header',
    scenarios: ['property-assertions'],
    found: 'signature/invalid-accepted',
  },
  { flaw: 'aud-ignored', scenarios: ['property-assertions'], found: 'audience/foreign-accepted' },
  {
    flaw: 'first-duplicate-wins',
    scenarios: ['property-assertions'],
    found: 'time/expired-accepted',
  },
  {
    flaw: 'algorithm-from-header',
    scenarios: ['property-combinations'],
    found: 'signature/invalid-accepted',
  },
  {
    flaw: 'compact-json-only',
    scenarios: ['property-combinations'],
    found: 'refusal/valid-refused',
  },
  {
    flaw: 'burns-before-signature',
    scenarios: ['property-sequences'],
    found: 'replay/burned-by-forgery',
  },
  {
    flaw: 'brought-keys-cached',
    scenarios: ['property-sequences'],
    found: 'signature/invalid-accepted',
  },
  {
    flaw: 'crashes-on-odd-types',
    scenarios: ['property-assertions'],
    found: 'robustness/server-error',
  },
  {
    flaw: 'shallow-reader',
    scenarios: ['property-assertions'],
    found: 'robustness/server-error',
  },
  {
    flaw: 'parameters-in-order',
    scenarios: ['property-assertions'],
    found: 'refusal/valid-refused',
  },
  {
    flaw: 'capital-digits-only',
    scenarios: ['property-combinations'],
    found: 'refusal/valid-refused',
  },
]

const CHECKS: readonly Asked[] = [
  { flaw: null, scenarios: [], found: null },
  ...FLAWS.filter(({ shows }) => shows === 'in-checks').map(({ name, caughtBy }) => ({
    flaw: name,
    scenarios: [],
    found: caughtBy[0] ?? null,
  })),
]

/** What shows each flaw of a memory, a store or of keys, and the finding that it is told as. */
const SHOWN: Readonly<Record<string, readonly (readonly [scenario: string, found: string])[]>> = {
  'no-replay-check': [['replay-sequential', 'replay/accepted-sequentially']],
  'replay-check-then-set': [['replay-race', 'replay/accepted-concurrently']],
  'memory-per-node': [['replay-across-nodes', 'replay/accepted-on-another-node']],
  'memory-per-endpoint': [['replay-across-usages', 'replay/accepted-at-another-endpoint']],
  'partition-falls-back-to-local': [
    ['partitioned-cache', 'replay/accepted-during-fault'],
    ['partitioned-cache', 'replay/accepted-after-fault'],
  ],
  'fails-open': [['partitioned-cache', 'replay/fails-open']],
  'fails-closed-as-client-error': [['partitioned-cache', 'refusal/outage-told-as-client-error']],
  'small-memory': [['eviction', 'replay/forgotten-after-others']],
  'forgets-before-leeway-ends': [['replay-after-expiry', 'replay/forgotten-before-leeway-ends']],
  'forgets-after-a-minute': [['memory-after-a-minute', 'replay/forgotten-after-a-while']],
  'burns-before-signature': [['jti-poisoning', 'replay/burned-by-forgery']],
  'burns-before-audience': [['jti-poisoning', 'replay/spent-by-refusal']],
  'jwks-never-refreshed': [
    ['key-rotation', 'keys/new-key-refused'],
    ['key-removal', 'keys/removed-key-accepted'],
  ],
  'removed-key-lives': [['key-removal', 'keys/removed-key-accepted']],
  'revoked-client-lives': [['revocation', 'revocation/revoked-accepted']],
  'revoked-token-lives': [['token-revocation', 'tokens/revoked-accepted']],
  'revoked-token-flickers': [['token-revocation', 'tokens/revoked-accepted-again']],
  'junk-costs-a-fetch': [['unknown-kid-storm', 'keys/junk-costs-a-fetch']],
  'loser-token-lives': [['replay-race', 'replay/loser-token-lives']],
}

/** Those of them that no simulated node can have: they are counted by processes of their own. */
const LIVE_IN_SCENARIOS: ReadonlySet<string> = new Set(
  FLAWS.flatMap(({ name, onlyLive }) => (onlyLive !== undefined && name in SHOWN ? [name] : [])),
)

/** In simulated time where that can be. The reference is asked each of the scenarios. */
const SCENARIOS: readonly Asked[] = Object.entries({
  ...SHOWN,
  reference: [...new Set(Object.values(SHOWN).flatMap((all) => all.map(([name]) => name)))].map(
    (name) => [name, null] as const,
  ),
}).flatMap(([flaw, all]) =>
  all.map(([scenario, found]) => ({
    flaw: flaw === 'reference' ? null : flaw,
    scenarios: [scenario],
    found,
    ...(LIVE_IN_SCENARIOS.has(flaw) ? {} : { simulated: true as const }),
  })),
)

/** By flaw, the checks that see it. */
const DETECTIONS: Readonly<Record<string, readonly string[]>> = JSON.parse(
  await readFile(new URL('../test/self/detections.json', import.meta.url), 'utf8'),
)

function suitesFor(flaw: string | null): readonly string[] {
  return values.asks === 'own' && flaw !== null ? (DETECTIONS[flaw] ?? []) : ['**']
}

const runs = Number(values.runs)
const all = { checks: CHECKS, scenarios: SCENARIOS, properties: PROPERTIES }[values.what] ?? []
if (all.length === 0) throw new RangeError('--what is checks, scenarios or properties')
let failed = false
for (const each of all) {
  const { flaw, scenarios, found } = each
  if (!matchesGlob(flaw ?? 'reference', values.flaw)) continue
  let right = 0
  for (let seed = 1; seed <= runs; seed++) {
    const accused = await accusations(each, String(seed))
    const isRight = found === null ? accused.length === 0 : accused.includes(found)
    if (isRight) right += 1
    else console.log(`${flaw ?? 'reference'}, seed ${seed}: ${accused.join(', ') || 'nothing'}`)
  }
  failed ||= right < runs
  const what = found === null ? 'accused of nothing' : `convicted of ${found}`
  console.log(`${flaw ?? 'reference'} ${scenarios.join(' ')}: ${what} in ${right} of ${runs}`)
}
process.exitCode = failed ? 1 : 0

async function accusations(asked: Asked, seed: string): Promise<readonly string[]> {
  const { flaw, scenarios } = asked
  const its = FLAWS.find((each) => each.name === flaw)
  const out = await mkdtemp(join(tmpdir(), 'cupel-again-'))
  try {
    const { record } = await run({
      target: targetOf(asked, seed),
      suites: scenarios.length === 0 ? suitesFor(flaw) : [],
      scenarios,
      profiles: [],
      strict: its?.strict === true,
      seed,
      out,
      ...(flaw === null || scenarios.length === 0
        ? {}
        : { propertyRuns: Number(values['property-runs']) }),
      signal: new AbortController().signal,
      maxPerSecond: null,
      reports: [],
      watch: () => undefined,
      note: () => undefined,
    })
    // Who is faultless may be told things that oblige nobody; some flaws are no more than that.
    return record.findings.flatMap(({ id, obliges }) => (obliges || id === asked.found ? [id] : []))
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

function targetOf({ flaw, simulated: inItsTime }: Asked, seed: string): Target {
  const random = seeded(seed).stream('target')
  const name = flaw === null ? {} : { name: `flawed:${flaw}`, flaw }
  if (inItsTime === true) return simulated(random, name)
  const isCounted = flaw !== null && LIVE_IN_SCENARIOS.has(flaw)
  return embedded(random, isCounted ? name : { ...name, inProcess: true })
}
