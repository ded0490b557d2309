import { describe, expect, test } from 'vitest'
import { seeded } from '../../../../harness/random.ts'
import { simulatedLink, type Link, type LinkOptions } from '../../../../targets/simulated/link.ts'
import { eventQueue } from '../../../../targets/simulated/queue.ts'

const DELAY_US = 1_000

/** Asks once over a link of a millisecond each way, and lets something happen at a time; says what was heard when. */
function heard({
  answersAfterUs = 0,
  options = {},
  meanwhile = {},
}: {
  /** How long who is asked takes. */
  readonly answersAfterUs?: number
  readonly options?: Partial<LinkOptions>
  readonly meanwhile?: Readonly<Record<number, (link: Link) => void>>
}): readonly string[] {
  const queue = eventQueue(0)
  const link = simulatedLink('a>b', queue, {
    delay: { least: DELAY_US, most: DELAY_US },
    random: seeded('link'),
    ...options,
  })
  const seen: string[] = []
  const say = (what: string): void => void seen.push(`${what} at ${queue.nowUs()}`)
  for (const [us, act] of Object.entries(meanwhile)) queue.at(Number(us), () => act(link))
  queue.at(500, () =>
    link.ask<string>({
      draws: null,
      deliver(reply) {
        say('asked')
        queue.after(answersAfterUs, () => reply.answer('yes'))
      },
      done: say,
      fail: say,
    }),
  )
  while (queue.step());
  return seen
}

describe('a link', () => {
  test('carries a question there and its answer back, each in its time', () => {
    expect(heard({})).toEqual(['asked at 1500', 'yes at 2500'])
  })

  test('that is cut resets what is asked', () => {
    expect(heard({ meanwhile: { 0: (link) => link.cut() } })).toEqual(['reset at 1500'])
  })

  test('that is cut while a question is under way resets it before it is heard', () => {
    expect(heard({ meanwhile: { 1000: (link) => link.cut() } })).toEqual(['reset at 1500'])
  })

  test('that is cut and mended while the answer is waited for has lost the connection all the same', () => {
    const meanwhile = { 2000: (link: Link) => link.cut(), 3000: (link: Link) => link.mend() }
    expect(heard({ answersAfterUs: 5_000, meanwhile })).toEqual(['asked at 1500', 'reset at 7500'])
  })

  test('carries again what is asked after the mending', () => {
    const meanwhile = { 0: (link: Link) => link.cut(), 100: (link: Link) => link.mend() }
    expect(heard({ meanwhile })).toEqual(['asked at 1500', 'yes at 2500'])
  })

  test('that is a black hole says nothing', () => {
    const meanwhile = { 0: (link: Link) => link.set({ there: 'lost' }) }
    expect(heard({ meanwhile })).toEqual(['silent at 500'])
  })

  test('that lets through one way only is heard at the other end and says nothing', () => {
    const meanwhile = { 0: (link: Link) => link.set({ back: 'lost' }) }
    expect(heard({ meanwhile })).toEqual(['asked at 1500', 'silent at 1500'])
  })

  test('that is slow warns of it and carries all the same', () => {
    const meanwhile = { 0: (link: Link) => link.set({ extraDelayUs: 300_000 }) }
    expect(heard({ meanwhile })).toEqual([
      'silent at 500',
      'asked at 301500',
      'silent at 301500',
      'yes at 602500',
    ])
  })

  test('loses as much as it is told, by itself or for a while', () => {
    expect(heard({ options: { lossRate: 1 } })).toEqual(['silent at 500'])
    expect(heard({ options: { resetRate: 1 } })).toEqual(['asked at 1500', 'reset at 2500'])
    const meanwhile = {
      0: (link: Link) => link.set({ lossRate: 1 }),
      400: (link: Link) => link.mend(),
    }
    expect(heard({ meanwhile })).toEqual(['asked at 1500', 'yes at 2500'])
  })

  test('counts what is tried since it was last cut or mended', () => {
    const attempts: number[] = []
    const count = (link: Link): void => void attempts.push(link.attempts)
    heard({
      meanwhile: {
        400: count,
        600: count,
        700: (link) => (link.cut(), count(link)),
      },
    })
    expect(attempts).toEqual([0, 1, 0])
  })
})
