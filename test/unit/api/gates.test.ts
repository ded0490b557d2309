import { describe, expect, test } from 'vitest'
import { gatePlans, refuseHopeless, refuseOnDefault, withGates } from '../../../api/gates.ts'
import { CupelError } from '../../../harness/errors.ts'
import { parseGate } from '../../../harness/formats/gate.ts'
import baseline from '../../../scenarios/baseline.ts'
import burst from '../../../scenarios/burst.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'
import replayRace from '../../../scenarios/replay-race.ts'

const PLANNING = { repeat: 1, nodes: 3, maxPerSecond: null }
const FAR = parseGate('far < 1e-3')

function refused(act: () => void): CupelError {
  try {
    act()
  } catch (error) {
    if (error instanceof CupelError && error.code === 'ERR_CONFIG_INVALID') return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('gates of the command line', () => {
  test('go with the scenarios that they concern, after those of their own', () => {
    const own = { ...replayRace, gates: [parseGate('far < 50 %')] }
    const [raced, bursting] = withGates([own, burst], [FAR])
    expect(raced?.gates.map(({ below }) => below)).toEqual([0.5, 0.001])
    expect(bursting?.gates).toEqual([])
    expect(withGates([], [])).toEqual([])
  })
  test('that concern nothing are refused with what there is', () => {
    const typo = parseGate('far[rply] < 1e-3')
    expect(refused(() => withGates([replayRace, baseline], [typo]))).toMatchObject({
      message: 'gate far[rply] < 0.001: nothing of class rply is sent by replay-race, baseline',
      hint: expect.stringContaining('replay, wrong-audience, expired, bad-signature'),
    })
    expect(refused(() => withGates([burst], [FAR])).hint).toContain('nothing hostile')
    expect(refused(() => withGates([], [FAR])).message).toContain('no scenario is asked')
  })
})

describe('a gate that cannot pass', () => {
  const plansFor = (text: string, repeat = 1) =>
    gatePlans(withGates([replayRace, partitionedCache], [parseGate(text)]), { ...PLANNING, repeat })
  test('is refused for every scenario where it cannot, with how many it takes', () => {
    const { message, hint } = refused(() => refuseHopeless(plansFor('far < 1 %')))
    const [race, cut] = message.split('\n')
    expect(race).toBe(
      'gate far < 0.01 cannot pass: replay-race plans 20 races of replay; it takes 299 units of each class without a false accept; 628 allow for 2, and let a target at a tenth of the limit pass with 97.4 %. --repeat 32 is 12,800 requests, as long as the target takes to answer them',
    )
    expect(cut).toContain('partitioned-cache plans 1 window of replay during')
    expect(hint).toContain('--repeat 628')
  })
  test('must not be refused where it can, even if that takes luck', () => {
    expect(() => refuseHopeless(plansFor('far[replay]@steady < 14 %'))).toThrow(
      'partitioned-cache plans 0',
    )
    const alone = gatePlans(withGates([replayRace], [parseGate('far < 14 %')]), PLANNING)
    expect(() => refuseHopeless(alone)).not.toThrow()
    expect(() => refuseHopeless([])).not.toThrow()
  })
  test('is refused without advice where no repetition helps', () => {
    const never = gatePlans(withGates([replayRace], [parseGate('far@during < 14 %')]), PLANNING)
    const { message, hint } = refused(() => refuseHopeless(never))
    expect(message).toContain('No number of repetitions makes it pass')
    expect(hint).toContain('Leave that gate out')
  })
})

describe('the default run', () => {
  test('decides no gate, and says how many seconds and requests it would take', () => {
    const plans = gatePlans(withGates([baseline, replayRace], [FAR]), PLANNING)
    const { message, hint } = refused(() => refuseOnDefault([FAR], plans))
    // 525 times 4.2 s of the baseline; races go at the target's pace. 234,675 + 126,000 requests.
    expect(message).toContain('that would take 2205 s and 360675 requests')
    expect(hint).toContain("--gate 'far < 0.001' --repeat N")
    expect(() => refuseOnDefault([], plans)).not.toThrow()
  })
})

test('a gate that several scenarios have is planned once', () => {
  const plans = gatePlans(withGates([baseline, replayRace], [FAR]), PLANNING)
  expect(plans).toHaveLength(1)
  expect(plans[0]?.scenarios.map(({ scenario }) => scenario)).toEqual(['baseline', 'replay-race'])
})
