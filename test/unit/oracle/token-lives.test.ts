/** What a revoked token convicts of, and what it must not. */
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import { BAD, eventsOf, GOOD, judgedRevoked, type Story, type Tried } from './a-revoked-token.ts'
import { BUSY, fault, granted, LOST, reply } from './histories.ts'

const found = (story: Story, bound?: number) =>
  judgedRevoked(eventsOf(story), bound).convictions.map(({ finding, obliges }) => [
    finding,
    obliges,
  ])

const CONVICTED = [['tokens/revoked-accepted', true]]
const TOLD = [['tokens/revoked-accepted-again', false]]

/** Its revocation was answered at 2.01 s. */
const LATE: readonly Tried[] = [['node-2', 4.011, GOOD]]

describe('a token that is good after the time that the target has for its revocation', () => {
  test('convicts, with what it was before, its revocation, and what came then', () => {
    const judgement = judgedRevoked(eventsOf({ after: LATE }), 2)
    expect(judgement.scenarios[0]?.verdict).toBe('violates')
    expect(judgement.convictions).toMatchObject([
      {
        finding: 'tokens/revoked-accepted',
        obliges: true,
        obligation: 'declared',
        caseId: 's/stream/0',
        spec: ['RFC 7009 §2.1'],
        because:
          'node-2 took an access token at 4021.0 ms, though its client had revoked it at node-1 more than 2 s before; so it did with 1 of 1.',
        witness: [
          { node: 'node-1', got: '200, active: true' },
          { node: 'node-1', sent: "revocation of an access token by 'honest'" },
          { node: 'node-2', got: '200, active: true' },
        ],
      },
    ])
  })

  test('is one conviction for each node, whatever the number of tokens', () => {
    const stories = [0, 1, 2].flatMap((index) =>
      eventsOf({ after: index === 2 ? [['node-2', 4.5, BAD]] : LATE, index }),
    )
    const { convictions } = judgedRevoked(stories, 2)
    expect(convictions.map(({ because }) => because)).toEqual([
      expect.stringContaining('so it did with 2 of 3.'),
    ])
  })

  test('convicts at the node that was asked to revoke it, too, and whatever it said in between', () => {
    expect(found({ after: [['node-1', 4.5, GOOD]] }, 2)).toEqual(CONVICTED)
    const flapping: readonly Tried[] = [
      ['node-2', 2.5, BAD],
      ['node-2', 4.5, GOOD],
    ]
    expect(found({ after: flapping }, 2)).toEqual(CONVICTED)
  })

  test.each<readonly [what: string, story: Story, bound: number | undefined]>([
    ['the target says no time', { after: LATE }, undefined],
    ['that time was not over when it began', { after: [['node-2', 4.009, GOOD]] }, 2],
    [
      'its revocation was refused',
      { revoked: reply(400, { code: 'invalid_request' }), after: LATE },
      2,
    ],
    ['its revocation was not answered', { revoked: LOST, after: LATE }, 2],
    ['its revocation could not be done then (RFC 7009 §2.2.1)', { revoked: BUSY, after: LATE }, 2],
    ['a page for people came in place of its revocation', { revoked: PAGE(), after: LATE }, 2],
    [
      'who was asked to revoke it never took it to be good',
      { before: [['node-2', 1.4, GOOD]], after: LATE },
      2,
    ],
    [
      'that node never took it to be good before',
      { before: [['node-1', 1.2, GOOD]], after: LATE },
      2,
    ],
    ['the try was not answered', { after: [['node-2', 5, LOST]] }, 2],
    ['the try met trouble of the server', { after: [['node-2', 5, BUSY]] }, 2],
    ['it was refused', { after: [['node-2', 5, BAD]] }, 2],
    ['no token came', { came: BUSY, after: LATE }, 2],
  ])('must not where %s', (_what, story, bound) => {
    expect(found(story, bound)).toEqual([])
  })

  test('must not where the same token came once more: it may be good once more', () => {
    const came = granted()
    const again = eventsOf({ came, before: [], revoked: LOST, after: [], index: 1 })
    const { convictions } = judgedRevoked([...eventsOf({ came, after: LATE }), ...again], 2)
    expect(convictions).toEqual([])
  })

  test.each([
    ['while it was revoked', 1.99, 2.005],
    ['between', 2.5, 3],
    ['when it was tried', 4, 4.5],
  ])('must not where something was broken %s', (_when, from, to) => {
    const [, ...mended] = (['inflicting', 'confirmed', 'mending', 'mended'] as const).map(
      (stage, at) => fault(stage, from + ((to - from) * at) / 3),
    )
    const events = [...eventsOf({ after: LATE }), fault('inflicting', from), ...mended]
    expect(judgedRevoked(events, 2).convictions).toEqual([])
  })

  test('convicts where what was broken was mended before', () => {
    const stages = ['inflicting', 'confirmed', 'mending', 'mended'] as const
    const events = stages.map((stage, at) => fault(stage, 0.1 + at / 10))
    expect(judgedRevoked([...events, ...eventsOf({ after: LATE })], 2).convictions).toHaveLength(1)
  })
})

/** An answer of a server that shows the same to whatever comes. */
function PAGE(): Answer {
  return reply(200, { headers: { 'content-type': 'text/html' } })
}

describe('a token that is good again at a node that had refused it', () => {
  const AGAIN: readonly Tried[] = [
    ['node-2', 2.5, BAD],
    ['node-2', 3, GOOD],
  ]

  test('is told, and convicts nobody: several servers may stand behind one address', () => {
    const judgement = judgedRevoked(eventsOf({ after: AGAIN }))
    expect(judgement.convictions).toMatchObject([
      {
        finding: 'tokens/revoked-accepted-again',
        obliges: false,
        because:
          'node-2 took an access token at 3010.0 ms that it had refused before, after its client had revoked it at node-1; so it did with 1 of 1.',
        witness: [{ node: 'node-1' }, { got: '200, active: false' }, { got: '200, active: true' }],
      },
    ])
    expect(judgement.scenarios[0]?.verdict).toBe('conforms')
    expect(found({ after: AGAIN }, 60)).toEqual(TOLD)
  })

  test.each<readonly [what: string, after: readonly Tried[]]>([
    [
      'another node refused it',
      [
        ['node-1', 2.5, BAD],
        ['node-2', 3, GOOD],
      ],
    ],
    [
      'the two crossed each other',
      [
        ['node-2', 2.5, BAD],
        ['node-2', 2.505, GOOD],
      ],
    ],
    [
      'nothing that tells came before',
      [
        ['node-2', 2.5, BUSY],
        ['node-2', 3, GOOD],
      ],
    ],
    [
      'nothing was accepted after',
      [
        ['node-2', 2.5, GOOD],
        ['node-2', 3, BAD],
      ],
    ],
  ])('is not where %s', (_what, after) => {
    expect(found({ after })).toEqual([])
  })

  test('is not where something was broken meanwhile', () => {
    const stages = ['inflicting', 'confirmed', 'mending', 'mended'] as const
    const events = stages.map((stage, at) => fault(stage, 2.6 + at / 10))
    expect(judgedRevoked([...eventsOf({ after: AGAIN }), ...events]).convictions).toEqual([])
  })

  test('is not where it may have ended meanwhile, and its clocks were at odds about that', () => {
    const came = granted({
      issued: { type: 'Bearer', expiresSeconds: 1, scope: null, refresh: false },
    })
    expect(found({ came, after: AGAIN })).toEqual([])
  })
})

test('what is done with a token is in no rate, and its requests are none of the stream', () => {
  const { cells } = judgedRevoked(eventsOf({ after: LATE }))
  const frr = cells.find(({ metric, frame }) => metric === 'frr' && frame === 'world')
  expect(frr).toMatchObject({ owed: 1, events: 0 })
  expect(cells.some(({ metric }) => metric === 'far')).toBe(false)
})
