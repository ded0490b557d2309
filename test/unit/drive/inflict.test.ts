/** What is broken is mended on every way out, and what is not is said. */
import { describe, expect, test } from 'vitest'
import type { Controls, Fault, Inflicted } from '../../../harness/model/fault.ts'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { FaultWindow, Round } from '../../../harness/model/plan.ts'
import { answer, collect, observations, singly, stages, step, world, type World } from './world.ts'

const WINDOW: FaultWindow = {
  fault: 'link.cut',
  on: 'node-2>store',
  startSeconds: 1,
  endSeconds: 3,
}
const CONTROLS: Partial<Controls> = {
  link: {
    rung: (act, on) => (act === 'cut' && on === 'node-2>store' ? 'proxy' : null),
    inflict: () => Promise.reject(new Error('the faults of these tests do without')),
  },
}

/** A fault whose acts are written down, and behave as told. */
function faultOf(acts: Partial<Inflicted> = {}): { readonly fault: Fault; readonly log: string[] } {
  const log: string[] = []
  const inflicted: Inflicted = {
    rung: 'proxy',
    confirm: async () => 'refused 3 times',
    mend: async () => {},
    confirmMended: async () => 'reached',
    ...acts,
  }
  const logged = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    log.push(name)
    return act()
  }
  const fault: Fault = {
    name: 'link.cut',
    title: 'an edge is cut',
    needs: ['link'],
    forgets: 'nothing',
    act: { of: 'link', name: 'cut' },
    async inflict(on) {
      log.push(`inflict ${on}`)
      return {
        rung: inflicted.rung,
        confirm: () => logged('confirm', () => inflicted.confirm()),
        mend: () => logged('mend', () => inflicted.mend()),
        confirmMended: () => logged('confirmMended', () => inflicted.confirmMended()),
      }
    },
  }
  return { fault, log }
}

/** What happened in a word each, without what was measured; readings of clocks one after the other are one. */
function told(events: readonly HistoryEvent[]): readonly string[] {
  return events
    .flatMap((event) => {
      if (event.kind === 'fault') return [event.stage]
      if (event.kind === 'observed') return [event.step]
      return event.kind === 'measured' ? [] : [event.kind]
    })
    .filter((word, index, all) => word !== 'clock' || all[index - 1] !== 'clock')
}

const round = (steps: Round['steps'] = [], faults: Round['faults'] = [WINDOW]): Round => ({
  scenario: 'partition',
  round: 0,
  steps,
  faults,
})
const faulty = (fault: Fault, more: Parameters<typeof world>[0] = {}): World =>
  world({ faults: [fault], controls: CONTROLS, ...more })

const ALL = ['inflict node-2>store', 'confirm', 'mend', 'confirmMended']

describe('a fault', () => {
  test('is inflicted for its window, and confirmed both ways', async () => {
    const { fault, log } = faultOf()
    const { driver } = faulty(fault)
    const events = (await collect(driver.drive(round([step('a', 0)])))).filter(
      (event) => event.kind === 'fault',
    )
    const [inflicting, confirmed, mending, mended] = events
    expect(log).toEqual(ALL)
    expect(inflicting).toMatchObject({
      scenario: 'partition',
      fault: 'link.cut',
      on: 'node-2>store',
      rung: 'proxy',
      forgets: 'nothing',
      stage: 'inflicting',
    })
    expect(confirmed).toMatchObject({ stage: 'confirmed', seen: 'refused 3 times' })
    expect([mending?.stage, (mending?.atUs ?? 0) - (inflicting?.atUs ?? 0)]).toEqual([
      'mending',
      2_000_000,
    ])
    expect(mended).toMatchObject({ stage: 'mended', seen: 'reached' })
    expect(driver.unmended).toEqual([])
  })

  test('keeps the round open until it is mended, and steps go on meanwhile', async () => {
    const { fault } = faultOf()
    const events = await collect(
      faulty(fault).driver.drive(round([step('a', 0), step('b', 1_500_000), step('c', 3_500_000)])),
    )
    expect(told(events).filter((each) => each !== 'clock')).toEqual([
      'a',
      'inflicting',
      'confirmed',
      'b',
      'mending',
      'mended',
      'c',
    ])
  })

  test.each([
    ['shows no effect', { confirm: async () => null }, 'no effect was seen'],
    [
      'cannot be looked at',
      { confirm: () => Promise.reject(new Error('no counters')) },
      'no counters',
    ],
  ])(
    'that %s is unconfirmed with the reason, and mended all the same',
    async (_name, acts, why) => {
      const { fault, log } = faultOf(acts)
      const events = await collect(faulty(fault).driver.drive(round()))
      expect(stages(events)).toEqual(['inflicting', 'unconfirmed', 'mending', 'mended'])
      expect(
        events.find((event) => event.kind === 'fault' && event.stage === 'unconfirmed'),
      ).toMatchObject({ seen: why })
      expect(log).toEqual(ALL)
    },
  )

  test.each([
    ['no control for it', {}, 'it needs a control of link'],
    ['no such fault', CONTROLS, 'there is no fault of this name'],
  ])('is never inflicted where there is %s', async (_name, controls, why) => {
    const { fault, log } = faultOf()
    const other = { ...fault, name: controls === CONTROLS ? 'other' : 'link.cut' }
    const { driver } = world({ faults: [other], controls })
    const events = await collect(driver.drive(round()))
    expect(events.filter((event) => event.kind === 'fault')).toMatchObject([
      { stage: 'unconfirmed', seen: why },
    ])
    expect([log, driver.unmended]).toEqual([[], []])
  })
})

describe('mending', () => {
  test('is tried three times; then it is unmended, and said so', async () => {
    const { fault, log } = faultOf({ mend: () => Promise.reject(new Error('the proxy is gone')) })
    const { driver } = faulty(fault)
    const events = await collect(driver.drive(round()))
    expect(stages(events)).toEqual(['inflicting', 'confirmed', 'mending', 'unmended'])
    expect(log.filter((act) => act === 'mend').length).toBe(3)
    expect(driver.unmended).toEqual(['link.cut on node-2>store: the proxy is gone'])
  })

  test.each([
    ['shows no effect', async () => null, 'mending showed no effect'],
    ['hangs', () => new Promise<never>(() => {}), 'not done within 30 s'],
  ])('that %s is not believed', async (_name, confirmMended, why) => {
    const { fault } = faultOf({ confirmMended })
    const { driver } = faulty(fault)
    expect(stages(await collect(driver.drive(round()))).at(-1)).toBe('unmended')
    expect(driver.unmended).toEqual([`link.cut on node-2>store: ${why}`])
  })

  test('that works at the second try is mended', async () => {
    let tries = 0
    const { fault } = faultOf({
      mend: () => (tries++ === 0 ? Promise.reject(new Error('busy')) : Promise.resolve()),
    })
    const { driver } = faulty(fault)
    expect(stages(await collect(driver.drive(round()))).at(-1)).toBe('mended')
    expect([tries, driver.unmended]).toEqual([2, []])
  })

  test('cannot follow an inflicting that failed half way: that counts as unmended', async () => {
    const { fault } = faultOf()
    const { driver } = faulty({ ...fault, inflict: () => Promise.reject(new Error('half cut')) })
    expect(stages(await collect(driver.drive(round())))).toEqual([
      'inflicting',
      'unconfirmed',
      'unmended',
    ])
    expect(driver.unmended).toEqual(['link.cut on node-2>store: half cut'])
  })

  test('comes at once when the run is aborted; what was sent is answered, and nothing more is sent', async () => {
    const { fault, log } = faultOf()
    const { driver, asked, stop, clock } = faulty(fault, {
      verify: async () => {
        await clock.sleepUntil(clock.nowUs() + 800_000)
        return answer()
      },
    })
    const events: HistoryEvent[] = []
    const steps = [step('a', 900_000), step('b', 'a'), step('c', 2_500_000)]
    for await (const event of singly(driver.drive(round(steps)))) {
      events.push(event)
      if (event.kind === 'fault' && event.stage === 'confirmed') stop.abort()
    }
    expect(stages(events)).toEqual(['inflicting', 'confirmed', 'mending', 'mended'])
    expect(observations(events)).toMatchObject([{ step: 'a', answer: { status: 200 } }])
    expect([asked.length, log]).toEqual([1, ALL])
  })

  test('has happened when the reader of the history has walked away', async () => {
    const { fault, log } = faultOf()
    const { driver, asked } = faulty(fault, { verify: () => new Promise(() => {}) })
    for await (const event of singly(driver.drive(round([step('a', 0), step('b', 2_000_000)])))) {
      if (event.kind === 'fault' && event.stage === 'confirmed') break
    }
    expect(log).toEqual(ALL)
    expect(asked.map(({ step: name }) => name)).toEqual(['a'])
  })

  test('has happened when the harness fails in the middle', async () => {
    const { fault, log } = faultOf()
    const { driver } = faulty(fault, {
      connect: () => () => Promise.reject(new Error('the session is broken')),
    })
    await expect(collect(driver.drive(round([step('a', 2_000_000)])))).rejects.toThrow(
      'the session is broken',
    )
    expect(log).toEqual(ALL)
  })

  test('is not owed before the window began', async () => {
    const { fault, log } = faultOf()
    const { driver, stop } = faulty(fault)
    const events: HistoryEvent[] = []
    for await (const event of singly(driver.drive(round([step('a', 0)])))) {
      events.push(event)
      if (event.kind === 'observed') stop.abort()
    }
    expect([stages(events), log]).toEqual([[], []])
  })
})

describe('a fault that moves a clock', () => {
  const clock: Controls['clock'] = {
    rung: 'paper',
    setOffset: async () => {},
    setDrift: async () => {},
    measure: async () => ({ lowUs: 0, highUs: 0 }),
  }
  const window: FaultWindow = { ...WINDOW, fault: 'clock.offset', options: { offsetSeconds: 90 } }

  test('is enclosed in readings of the clocks, on both sides of both its edges', async () => {
    const { fault } = faultOf()
    const { driver } = world({
      faults: [{ ...fault, name: 'clock.offset', needs: ['clock'] }],
      controls: { clock },
    })
    const events = await collect(driver.drive(round([step('a', 2_000_000)], [window])))
    expect(told(events)).toEqual([
      'clock',
      'inflicting',
      'confirmed',
      'clock',
      'a',
      'clock',
      'mending',
      'mended',
      'clock',
    ])
    const atUs = events.flatMap((event) => ('atUs' in event ? [event.atUs] : []))
    expect(atUs).toEqual(atUs.toSorted((one, other) => one - other))
  })

  test('is handed what its window says besides where and when', async () => {
    const { fault } = faultOf()
    const handed: unknown[] = []
    const { driver } = world({
      faults: [
        {
          ...fault,
          name: 'clock.offset',
          inflict: (on, controls, site, options) => {
            handed.push(options)
            return fault.inflict(on, controls, site, options)
          },
        },
      ],
      controls: CONTROLS,
    })
    await collect(driver.drive(round([], [window])))
    await collect(driver.drive({ ...round([], [{ ...WINDOW, fault: 'clock.offset' }]), round: 1 }))
    expect(handed).toEqual([{ offsetSeconds: 90 }, {}])
  })
})
