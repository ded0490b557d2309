/**
 * Worlds in which nobody does anything wrong, and everything else goes wrong: clocks differ, drift and are stepped,
 * messages are slow or lost, something in the path asks again or answers from a cache, nodes and store break and are mended.
 */
import fc from 'fast-check'
import type { Declarations } from '../../../harness/model/policy.ts'
import type { RightWay } from '../../../targets/simulated/right-ways.ts'
import type { ClockCourse, PlannedFault, Traffic, World } from '../../../targets/simulated/world.ts'
import { SCENARIO, type Setting } from './setting.ts'
import {
  background,
  checkBlocks,
  clocks,
  inBetween,
  paths,
  planned,
  readings,
  scriptOf,
  SECOND_US,
  ways,
} from './parts.ts'

/** A declared band holds the real leeway, whoever is granted it. */
const declared = ({
  leewaySeconds,
  leewayFor,
}: RightWay): fc.Arbitrary<Pick<Declarations, 'leewaySeconds'>> =>
  fc.record({
    leewaySeconds: fc.oneof(
      fc.constant(null),
      fc.record({
        grant: fc.integer({ min: 0, max: leewayFor === 'all' ? leewaySeconds : 0 }),
        refuse: fc.integer({ min: leewaySeconds, max: leewaySeconds + 30 }),
      }),
    ),
  })

const NO_BLOCKS: Traffic = { kind: 'checks', blocks: [] }

const plainSettings: fc.Arbitrary<Setting> = fc
  .record({
    way: ways,
    nodes: fc.integer({ min: 1, max: 3 }),
    path: paths,
    clocks,
    readings,
    faults: fc.array(planned, { maxLength: 2 }),
    seed: fc.nat({ max: 999 }).map(String),
  })
  .chain(({ way, nodes, path, faults, ...rest }) => {
    const leewayUs = way.leewaySeconds * SECOND_US
    return fc
      .record({
        declares: declared(way),
        traffic: fc.tuple(
          background,
          scriptOf(1, 4, leewayUs),
          scriptOf(2, 8, leewayUs),
          scriptOf(3, 6, leewayUs),
          fc.oneof(
            { weight: 2, arbitrary: fc.constant(NO_BLOCKS) },
            { weight: 1, arbitrary: checkBlocks },
          ),
        ),
      })
      .map(({ declares, traffic }) =>
        settled({ way, nodes, path, faults, declares, traffic, ...rest }),
      )
  })

const lockOuts: fc.Arbitrary<RightWay['lockOut']> = fc
  .record({
    refusals: fc.constantFrom(1, 2, 3),
    seconds: fc.constantFrom(30, 5, 0.5),
    at: fc.constantFrom('everywhere', 'node'),
    whom: fc.constantFrom('party', 'source'),
  })
  .map((lockOut) => ({
    ...lockOut,
    // A shorter one of everybody no server is known to have, and none could be told from chance.
    seconds: lockOut.whom === 'source' ? Math.max(1, lockOut.seconds) : lockOut.seconds,
  }))

export const settings: fc.Arbitrary<Setting> = fc.oneof(
  { weight: 6, arbitrary: plainSettings },
  { weight: 1, arbitrary: fc.tuple(plainSettings, lockOuts).map(lockingOut) },
)

/** The same with parties that are locked out after failures, and one that is asked for all the time. */
function lockingOut([{ world, ...rest }, lockOut]: [Setting, RightWay['lockOut']]): Setting {
  const { system, traffic } = world
  return {
    ...rest,
    world: {
      ...world,
      system: system.kind === 'right' ? { ...system, way: { ...system.way, lockOut } } : system,
      traffic: [inBetween(0.5, 120), ...traffic.filter(({ kind }) => kind !== 'stream')],
    },
  }
}

interface Drawn extends Pick<World, 'path' | 'clocks' | 'readings' | 'seed'> {
  readonly way: RightWay
  readonly nodes: number
  readonly faults: readonly PlannedFault[]
  readonly declares: Pick<Declarations, 'leewaySeconds'>
  readonly traffic: readonly Traffic[]
}

/** What was drawn, made such that the target keeps its word and the harness's word is true. */
function settled({ way, nodes, path, faults, declares, traffic, ...rest }: Drawn): Setting {
  const front = path.repeats || path.cachesSeconds > 0
  // What a cache answers nobody has judged: whose clock it went by is not to be asked.
  const caches = path.cachesSeconds > 0
  const moving = caches ? [] : [...NODES.slice(0, nodes), 'store']
  const happening = faults.filter((each) => isPossible(each, nodes, moving))
  return {
    nodes,
    declares: { ...declares, path: front && !path.via ? 'unknown' : 'direct' },
    world: {
      ...rest,
      clocks: Object.fromEntries(
        Object.entries(rest.clocks)
          .filter(([name]) => moving.includes(name))
          .map(([name, course]) => [name, undisturbed(name, course, happening)]),
      ),
      scenario: SCENARIO,
      system: {
        kind: 'right',
        way: {
          ...way,
          memory: nodes === 1 && way.memory === 'own' ? 'own' : 'shared',
          tokens: caches ? 'fresh' : way.tokens,
        },
      },
      path: {
        ...path,
        via: front && path.via,
        // A client that repeats an insert blindly burns keys whenever an answer is lost: that must be seen to happen.
        links:
          way.retry === 'another'
            ? { ...path.links, store: { delay: path.links.store.delay } }
            : path.links,
      },
      faults: happening,
      traffic,
      most: null,
    },
  }
}

const NODES = ['node-1', 'node-2', 'node-3']

function isPossible(
  { fault, on }: PlannedFault,
  nodes: number,
  moving: readonly string[],
): boolean {
  if (fault.startsWith('clock.')) return moving.includes(on)
  const [node] = /node-\d/.exec(on) ?? []
  return node === undefined || Number(node.slice(-1)) <= nodes
}

/** Between two readings a clock may change its course once: what a fault moves takes no step of its own. */
function undisturbed(
  name: string,
  course: ClockCourse,
  faults: readonly PlannedFault[],
): ClockCourse {
  const isMoved = faults.some(({ fault, on }) => fault.startsWith('clock.') && on === name)
  return isMoved ? { ...course, step: null, turnsUs: null } : course
}

/** The same world with nothing in it that asks twice for one thing, refuses all of what meets, or locks anybody out. */
export function withoutRepeats({ world, ...rest }: Setting): Setting {
  const { system, path } = world
  return {
    ...rest,
    world: {
      ...world,
      path: { ...path, repeats: false },
      system:
        system.kind === 'right'
          ? {
              ...system,
              way: { ...system.way, retry: 'same-request', meeting: 'one-wins', lockOut: null },
            }
          : system,
    },
  }
}
