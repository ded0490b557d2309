/**
 * Goal: whoever remembers wrongly is convicted, by the finding that says how, before many requests were sent. Method: of each
 * flaw a hundred histories of the situation that shows it, cut off after so many requests.
 */
import { describe, expect, test } from 'vitest'
import { shippedScenarios } from '../../../api/select.ts'
import type { Conviction } from '../../../harness/model/verdict.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { seeded, swift } from '../../../harness/random.ts'
import { FLAWS } from '../../../targets/index.ts'
import { historyOf } from '../../../targets/simulated/history.ts'
import { LINKS, simulated } from '../../../targets/simulated/target.ts'
import { isWorldStream, type ClockCourse, type World } from '../../../targets/simulated/world.ts'
import { judgingFor, PROFILE, scenarioOf } from './setting.ts'
import { BY_CHECKS } from './sharp-checks.ts'
import { NAMESAKES, SITUATIONS, type Situation } from './sharp-situations.ts'

const SEEDS = 100

interface Shown {
  readonly situation: string
  readonly finding: string
  /** The stream whose requests convict, where the finding is one that other flaws have as well. */
  readonly stream?: string
  /** How many requests are enough in 99 of 100 seeds. */
  readonly within: number
}

/** No flaw takes more than 500, but for a memory of a hundred: fifty more than it has room for. */
const TABLE: Readonly<Record<string, Shown>> = {
  'no-replay-check': {
    situation: 'replay-sequential',
    finding: 'replay/accepted-sequentially',
    within: 4,
  },
  'replay-check-then-set': {
    situation: 'replay-race',
    finding: 'replay/accepted-concurrently',
    within: 20,
  },
  'memory-per-node': {
    situation: 'replay-across-nodes',
    finding: 'replay/accepted-on-another-node',
    within: 4,
  },
  'partition-falls-back-to-local': {
    situation: 'partitioned-cache',
    finding: 'replay/accepted-during-fault',
    within: 200,
  },
  'fails-open': {
    situation: 'partitioned-cache',
    finding: 'replay/fails-open',
    within: 200,
  },
  'fails-closed-as-client-error': {
    situation: 'partitioned-cache',
    finding: 'refusal/outage-told-as-client-error',
    within: 250,
  },
  'small-memory': { situation: 'eviction', finding: 'replay/forgotten-after-others', within: 150 },
  'forgets-before-leeway-ends': {
    situation: 'replay-after-expiry',
    finding: 'replay/forgotten-before-leeway-ends',
    within: 60,
  },
  'forgets-after-a-minute': {
    situation: 'after-a-minute',
    finding: 'replay/accepted-sequentially',
    stream: 'after-a-minute',
    within: 70,
  },
  'burns-before-signature': {
    situation: 'jti-poisoning',
    finding: 'replay/burned-by-forgery',
    within: 90,
  },
  'burns-before-audience': {
    situation: 'jti-poisoning',
    finding: 'replay/spent-by-refusal',
    within: 60,
  },
  'key-without-delimiter': {
    situation: 'run-together',
    finding: 'refusal/valid-refused',
    stream: 'longer',
    within: 12,
  },
  'key-is-token-bytes': {
    situation: 'in-other-bytes',
    finding: 'replay/accepted-sequentially',
    stream: 'other-bytes',
    within: 4,
  },
}

const target = simulated(seeded('sharp')).facts
const facts = { ...target, principals: [...target.principals, ...NAMESAKES] }

const situations: readonly Situation[] = [
  ...SITUATIONS,
  // Those whose arrivals a mix or a draw has a say in are left out.
  ...(await shippedScenarios()).flatMap(({ name, streams, faults }) =>
    streams.every(isWorldStream)
      ? [{ name, traffic: streams.map((stream) => ({ kind: 'stream' as const, stream })), faults }]
      : [],
  ),
]

describe.each(Object.entries(TABLE))('%s', (flaw, shown) => {
  const convicts = ({ finding, caseId }: Conviction): boolean =>
    finding === shown.finding && caseId.includes(`/${shown.stream ?? ''}`)

  test(`is convicted within ${shown.within} requests`, () => {
    expect(shown.within).toBeLessThanOrEqual(flaw === 'small-memory' ? 150 : 500)
    const seeds = Array.from({ length: SEEDS }, (_, seed) => `${flaw}/${seed}`)
    const found = seeds.filter((seed) => convictions(flaw, shown, seed).some(convicts))
    expect(found.length).toBeGreaterThanOrEqual(0.99 * SEEDS)
  })

  test('is not told of who has no flaw', () => {
    expect(convictions(null, { ...shown, within: 500 }, 'right').filter(convicts)).toEqual([])
  })
})

/** Worlds ask one endpoint, publish no keys and revoke nobody: the detection matrix asks these by their scenarios. */
const BEYOND_WORLDS: ReadonlySet<string> = new Set([
  'memory-per-endpoint',
  'jwks-never-refreshed',
  'removed-key-lives',
  'junk-costs-a-fetch',
  'revoked-client-lives',
  'revoked-token-flickers',
  'revoked-token-lives',
])

test('every flaw that can be simulated has its line, here or among the checks', () => {
  // Which drawn request shows a flaw is chance: `npm run again` counts how often one does.
  const simulable = FLAWS.filter(
    ({ name, onlyLive, shows }) =>
      onlyLive === undefined && shows !== 'in-properties' && !BEYOND_WORLDS.has(name),
  ).map(({ name }) => name)
  const lines = [...Object.keys(TABLE), ...Object.keys(BY_CHECKS)]
  expect(lines.toSorted()).toEqual(simulable.toSorted())
})

/** What a system with the flaw is convicted of after so many requests, in a world that is a little different each time. */
function convictions(
  flaw: string | null,
  { situation, within }: Shown,
  seed: string,
): readonly Conviction[] {
  const { name, traffic, faults } = situationNamed(situation)
  const random = swift(seed)
  const course = (): ClockCourse => ({
    offsetUs: Math.round((random.next() - 0.5) * 40_000),
    driftPpm: Math.round((random.next() - 0.5) * 100),
    turnsUs: null,
    step: null,
  })
  const world: World = {
    seed,
    scenario: name,
    system: { kind: 'shipped', ...(flaw === null ? {} : { flaw }) },
    traffic,
    faults: faults.map((window) => ({ ...window, seen: { confirmed: true, mended: true } })),
    clocks: Object.fromEntries([...facts.nodes, 'store'].map((clock) => [clock, course()])),
    readings: { everySeconds: 5, slackUs: 1_000, unread: [] },
    path: { links: LINKS, patienceSeconds: 10, repeats: false, cachesSeconds: 0, via: false },
    most: within,
  }
  const judging = judgingFor(facts, scenarioOf(world))
  const judge = openJudge(judging, PROFILE)
  for (const event of historyOf(world, { facts, judging })) judge.see(event)
  return judge.conclude().convictions
}

function situationNamed(name: string): Situation {
  const found = situations.find((each) => each.name === name)
  if (found === undefined) throw new RangeError(`there is no situation ${name}`)
  return found
}
