/** A token that is followed is there for every step that presents it, and each says whose it is. */
import { expect, test } from 'vitest'
import { openCredentials } from '../../../harness/drive/credentials.ts'
import type { Minter } from '../../../harness/drive/minting.ts'
import type { Source, Step, Steps } from '../../../harness/model/plan.ts'

const NOBODY: Minter = {
  ready: Promise.resolve(),
  mint: () => Promise.reject(new Error('nothing is minted here')),
  close: () => Promise.resolve(),
}
const RECEIVER = { speaks: 'jwt', facts: { declares: {} } } as const
const CAME = 's/r0/stream/0/c0'

function stepOf(name: string, token: Source): Step {
  return {
    name,
    caseId: 's/stream/0',
    due: { atUs: 0 },
    endpoint: 'introspection',
    node: 'node-1',
    principal: 'honest',
    parts: { token },
    params: [],
    verifierNowSeconds: null,
    race: null,
    onChallenge: 'record',
  }
}

const FOLLOWED: Source = { kind: 'taken', step: CAME, what: 'access-token', follows: true }

function opened() {
  const streams = [{ length: 0, recipe: null, tried: 's/r0/stream/', *[Symbol.iterator]() {} }]
  const steps: Steps = { streams, *[Symbol.iterator]() {} }
  const credentials = openCredentials(NOBODY, RECEIVER)
  credentials.expect(steps)
  const fill = (name: string) => credentials.fill(stepOf(`${CAME}/${name}`, FOLLOWED), 0, null)
  return { credentials, fill }
}

const PRESENTED = {
  part: 'token',
  usage: 'bearer-token',
  key: null,
  last: true,
  follows: CAME,
}

test('it is presented as often as it is tried, under no replay key', async () => {
  const { credentials, fill } = opened()
  credentials.keep(CAME, { 'access-token': 'the-token' })
  for (const name of ['before-1', 'revoked', 'after-1-1']) {
    const { texts, presented } = await fill(name)
    expect(texts).toEqual({ token: 'the-token' })
    expect(presented).toMatchObject([PRESENTED])
  }
})

test('where none came it is told of all the same, and nothing is sent', async () => {
  const { texts, presented, missing } = await opened().fill('before-1')
  expect(texts).toBeNull()
  expect(missing).toBe('no-answer-to-take-it-from')
  expect(presented).toMatchObject([PRESENTED])
})
