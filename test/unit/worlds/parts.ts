/** The parts of worlds in which everything goes wrong that may, drawn at random. Times in microseconds. */
import fc from 'fast-check'
import { NO_TROUBLE, type RightWay } from '../../../targets/simulated/right-ways.ts'
import { LINKS } from '../../../targets/simulated/target.ts'
import type {
  ClockCourse,
  PlannedFault,
  ScriptedCopy,
  ScriptedCredential,
  ScriptedStimulus,
  Traffic,
  World,
} from '../../../targets/simulated/world.ts'
import { streamOf } from './setting.ts'

export const SECOND_US = 1_000_000

const ms = (least: number, most: number): fc.Arbitrary<number> =>
  fc.integer({ min: least, max: most }).map((each) => each * 1000)

/** Mostly the first. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 3 * others.length, arbitrary: fc.constant(usual) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  )

const trouble: fc.Arbitrary<RightWay['trouble']> = fc.record({
  before: fc.constantFrom(0, 0.1),
  after: fc.constantFrom(0, 0.2),
  elsewhere: fc.constantFrom(0, 0.2),
  givesBack: fc.boolean(),
})

export const ways: fc.Arbitrary<RightWay> = fc.record({
  leewaySeconds: fc.constantFrom(10, 0, 1, 3, 30),
  leewayFor: mostly<RightWay['leewayFor']>('all', 'some'),
  reads: fc.constantFrom<RightWay['reads'][]>('exactly', 'whole-seconds', 'inclusive', 'early'),
  takes: mostly<RightWay['takes']>('last', 'first-and-released', 'first-and-kept'),
  meeting: mostly<RightWay['meeting']>('one-wins', 'none-wins'),
  scope: mostly<RightWay['scope']>('issuer', 'global'),
  endsBy: fc.constantFrom<RightWay['endsBy'][]>('time', 'lifetime'),
  memory: mostly<RightWay['memory']>('shared', 'own'),
  keepsLongerSeconds: mostly(0, 2, 100),
  lockOut: fc.constant(null),
  tokens: mostly<RightWay['tokens']>('fresh', 'of-party'),
  trouble: fc.oneof(
    { weight: 3, arbitrary: fc.constant(NO_TROUBLE) },
    { weight: 1, arbitrary: trouble },
  ),
  retry: mostly<RightWay['retry']>('same-request', 'another'),
})

const delay = fc.oneof(
  { weight: 3, arbitrary: fc.constant(LINKS.client.delay) },
  { weight: 1, arbitrary: fc.record({ least: ms(0, 50), most: ms(100, 2_000) }) },
)
const storeDelay = fc.oneof(
  { weight: 3, arbitrary: fc.constant(LINKS.store.delay) },
  { weight: 1, arbitrary: fc.record({ least: ms(0, 20), most: ms(50, 600) }) },
)
const loss = fc.record({ lossRate: mostly(0, 0.05, 0.2), resetRate: mostly(0, 0.05, 0.2) })

export const paths: fc.Arbitrary<World['path']> = fc.record({
  links: fc.record({
    client: fc.tuple(delay, loss).map(([each, losses]) => ({ delay: each, ...losses })),
    store: fc.tuple(storeDelay, loss).map(([each, losses]) => ({ delay: each, ...losses })),
  }),
  patienceSeconds: fc.constantFrom(10, 2),
  repeats: mostly(false, true),
  cachesSeconds: mostly(0, 5, 30),
  via: fc.boolean(),
})

const offsetUs = fc.oneof(
  fc.constant(0),
  ms(-50, 50),
  ms(0, 3_000),
  ms(-3_000, 3_000),
  ms(-20_000, 20_000),
)

const courses: fc.Arbitrary<ClockCourse> = fc.record({
  offsetUs,
  driftPpm: fc.oneof(fc.constant(0), fc.integer({ min: -450, max: 450 })),
  turnsUs: fc.option(ms(0, 50_000)),
  step: fc.option(fc.record({ atUs: ms(0, 50_000), toUs: offsetUs }), { freq: 4 }),
})

export const clocks = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record(
      { 'node-1': courses, 'node-2': courses, 'node-3': courses, store: courses },
      { requiredKeys: ['store'] },
    ),
  },
)

export const readings: fc.Arbitrary<World['readings']> = fc.record({
  everySeconds: fc.constantFrom(3, 10, 60),
  slackUs: fc.constantFrom(0, 2_000, 500_000),
  unread: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(['node-1', 'node-2', 'node-3', 'store']) },
  ),
})

/** A copy, at a time from when its credential was made; `around` is where its memory must hold to. */
const copy = (lifetimeUs: number, leewayUs: number): fc.Arbitrary<ScriptedCopy> =>
  fc.record({
    atUs: fc.oneof(
      ms(-2_000, 100),
      ms(-60, 60),
      ms(-60, 60).map((us) => lifetimeUs - SECOND_US + us),
      ms(0, 3_000),
      ms(-3_000, 3_000).map((us) => lifetimeUs + us),
      ms(-3_000, 3_000).map((us) => lifetimeUs + leewayUs + us),
      ms(-200, 1_200).map((us) => lifetimeUs + leewayUs + us),
      ms(-22_000, 22_000).map((us) => lifetimeUs + leewayUs + us),
    ),
    node: fc.nat({ max: 2 }),
    named: mostly(true, false),
    says: fc.oneof(
      { weight: 8, arbitrary: fc.constant('genuine' as const) },
      {
        weight: 2,
        arbitrary: fc.constantFrom('other-bytes', 'signed-again', 'forged', 'foreign-audience'),
      },
    ),
    dice: fc.nat({ max: 9_999 }),
  })

const credentialOf = (copies: number, leewayUs: number): fc.Arbitrary<ScriptedCredential> =>
  fc
    .record({
      madeAt: fc.nat({ max: 30 }),
      lifetime: fc.oneof(fc.integer({ min: 2, max: 20 }), fc.constant(300)),
      by: fc.constantFrom('honest', 'honest', 'hostile', 'honest-issuer'),
      notBefore: mostly<number | null>(null, 0, 1),
      beside: mostly<ScriptedCredential['beside']>(
        null,
        { by: 'honest', fresh: true },
        { by: 'honest', fresh: false },
      ),
    })
    .chain(({ madeAt, lifetime, by, notBefore, beside }) => {
      const iatUs = (3 + madeAt) * SECOND_US
      const lifetimeUs = lifetime * SECOND_US
      return fc
        .array(copy(Math.min(lifetimeUs, 60 * SECOND_US), leewayUs), {
          minLength: copies,
          maxLength: copies,
        })
        .map((all) => ({
          by,
          beside: by === 'honest-issuer' ? beside : null,
          iatUs,
          expUs: iatUs + lifetimeUs,
          nbfUs: notBefore === null ? null : iatUs + notBefore * SECOND_US,
          copies: all.map((each) => ({ ...each, atUs: Math.max(0, iatUs + each.atUs) })),
        }))
    })

export const scriptOf = (copies: number, most: number, leewayUs: number): fc.Arbitrary<Traffic> =>
  fc.array(credentialOf(copies, leewayUs), { maxLength: most, size: 'max' }).map((credentials) => ({
    kind: 'script' as const,
    stream: streamOf({
      name: `${copies}-times`,
      attack: copies > 1 ? 'replay' : null,
      copies,
      usage: 'client-authentication',
    }),
    credentials,
  }))

/** Blocks of stimuli, asked amid all the rest. `leftSeconds` is around where a table turns. */
export const checkBlocks: fc.Arbitrary<Traffic> = fc
  .array(
    fc.record({
      by: fc.constantFrom('honest', 'honest', 'hostile', 'honest-issuer'),
      node: fc.nat({ max: 2 }),
      atUs: ms(0, 30_000),
      pauseUs: fc.constantFrom(1, 1, 100_000, 400_000, 3_000_000),
      stimuli: fc.array(
        fc.record({
          says: fc.constantFrom<ScriptedStimulus['says'][]>(
            'genuine',
            'genuine',
            'forged',
            'foreign-audience',
            'other-bytes',
            'twice',
          ),
          leftSeconds: fc.oneof(
            { weight: 3, arbitrary: fc.constant(60) },
            { weight: 1, arbitrary: fc.integer({ min: -40, max: 20 }) },
          ),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      dice: fc.nat({ max: 9_999 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((blocks) => ({
    kind: 'checks' as const,
    blocks: blocks.map((block, index) => ({ ...block, id: `block-${index}` })),
  }))

/** Others of the same party in between, without whom a refusal means nothing. */
export const background = fc
  .record({ perSecond: fc.constantFrom(0.3, 0.6), seconds: fc.constantFrom(40, 20) })
  .map(({ perSecond, seconds }) => inBetween(perSecond, seconds))

export function inBetween(perSecond: number, seconds: number): Traffic {
  // Late in a second, so that their iat lies behind every reading of the clock.
  const arrivals = { kind: 'even', perSecond, startSeconds: 0.7, endSeconds: seconds } as const
  return {
    kind: 'stream',
    stream: streamOf({ name: 'in-between', arrivals, lifetimeSeconds: 60 }),
  }
}

const FAULTS: readonly (readonly [fault: string, on: readonly string[]])[] = [
  ['link.cut', ['node-1>store', 'node-2>store', 'client>node-1']],
  ['link.black-hole', ['node-1>store', 'client>node-1']],
  ['link.one-way', ['node-1>store', 'client>node-1']],
  ['link.slow', ['node-1>store', 'client>node-1']],
  ['link.lossy', ['node-1>store', 'client>node-1']],
  ['link.flaky', ['node-1>store', 'node-2>store', 'client>node-1']],
  ['link.flaky', ['node-1>store', 'node-2>store', 'node-3>store']],
  ['link.flaky', ['node-1>store', 'node-2>store', 'node-3>store']],
  ['clock.offset', ['node-1', 'node-2', 'store']],
  ['clock.drift', ['node-1', 'store']],
  ['node.kill', ['node-1', 'node-2']],
  ['node.pause', ['node-1']],
  ['store.flush', ['store']],
  ['store.pause', ['store']],
  ['store.outage', ['store']],
]

export const planned: fc.Arbitrary<PlannedFault> = fc
  .record({
    what: fc.constantFrom(...FAULTS),
    place: fc.nat({ max: 9 }),
    startMs: fc.integer({ min: 500, max: 30_000 }),
    lastsMs: fc.integer({ min: 500, max: 15_000 }),
    offsetSeconds: fc.integer({ min: -20, max: 20 }),
    ppm: fc.integer({ min: -50_000, max: 50_000 }),
    rate: fc.constantFrom(0.3, 0.8),
    confirmed: mostly(true, false),
    mended: mostly(true, false),
  })
  .map(({ what: [name, places], place, startMs, lastsMs, offsetSeconds, ppm, rate, ...seen }) => ({
    fault: name,
    on: places[place % places.length] ?? '',
    startSeconds: startMs / 1000,
    endSeconds: (startMs + lastsMs) / 1000,
    options: { offsetSeconds, ppm, rate, seconds: 0.3 },
    seen,
  }))
