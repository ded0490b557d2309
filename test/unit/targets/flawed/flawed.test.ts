import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timer } from '../../../../harness/clock.ts'
import type { Session, Target } from '../../../../harness/model/target.ts'
import { seeded } from '../../../../harness/random.ts'
import { embedded } from '../../../../targets/embedded.ts'
import { gather } from '../../../../targets/flawed/gather.ts'
import { ask, assertion, brief, CLIENT_CREDENTIALS, testSite } from '../system.ts'

const REFUSED = '400 invalid_client'

/** What a flawed system of two nodes does with one assertion sent in some way. */
interface Seen {
  readonly again: string
  readonly elsewhere: string
  /** Of ten copies at once, how many are accepted. */
  readonly raced: number
  readonly prefix: string
  readonly expired: string
}

const FAULTLESS: Seen = {
  again: REFUSED,
  elsewhere: REFUSED,
  raced: 1,
  prefix: REFUSED,
  expired: REFUSED,
}

describe.each<[string, (seen: Seen) => void]>([
  [
    'no-replay-check',
    (seen) => expect(seen).toEqual({ ...FAULTLESS, again: '200', elsewhere: '200', raced: 10 }),
  ],
  [
    'replay-check-then-set',
    (seen) => {
      expect(seen).toEqual({ ...FAULTLESS, raced: seen.raced })
      expect(seen.raced).toBeGreaterThan(1)
    },
  ],
  ['memory-per-node', (seen) => expect(seen).toEqual({ ...FAULTLESS, elsewhere: '200', raced: 2 })],
  ['aud-prefix', (seen) => expect(seen).toEqual({ ...FAULTLESS, prefix: '200' })],
])('%s', (flaw, expected) => {
  let session: Session
  const target = embedded(seeded(flaw), { flaw, nodes: 2 })
  beforeAll(async () => {
    session = await target.open(testSite())
  })
  afterAll(async () => {
    await session.close()
  })

  test('differs from the faultless reference in this one thing', async () => {
    expected(await look(target, session))
  })
})

describe('gather', () => {
  test('answers a lookup when enough of its key have come, and those of another key not with it', () => {
    const answered: string[] = []
    const wait = gather(2, timer)
    for (const key of ['b', 'a', 'a']) wait(key, () => answered.push(key))
    expect(answered).toEqual(['a', 'a'])
  })

  test('answers one that stays alone all the same', async () => {
    await new Promise<void>((resolve) => gather(2, timer)('a', resolve))
  })
})

async function look(target: Target, session: Session): Promise<Seen> {
  const send = async (client_assertion: string, node: string): Promise<string> => {
    const { answer } = await ask(target, session, {
      node,
      params: CLIENT_CREDENTIALS,
      parts: { client_assertion },
    })
    return brief(answer)
  }
  const right = (): string => assertion(target, { by: 'honest' })
  const [twice, moved, raced] = [right(), right(), right()]
  expect(await send(twice, 'node-1')).toBe('200')
  expect(await send(moved, 'node-1')).toBe('200')
  const copies = Array.from({ length: 10 }, (_, index) => send(raced, `node-${1 + (index % 2)}`))
  return {
    again: await send(twice, 'node-1'),
    elsewhere: await send(moved, 'node-2'),
    raced: (await Promise.all(copies)).filter((answer) => answer === '200').length,
    prefix: await send(
      assertion(target, { by: 'honest', claims: { aud: `${target.facts.issuer}.evil.example` } }),
      'node-1',
    ),
    expired: await send(
      assertion(target, { by: 'honest', claims: { exp: { $now: -60 }, iat: { $now: -90 } } }),
      'node-1',
    ),
  }
}
