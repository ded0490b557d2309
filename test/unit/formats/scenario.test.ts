import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { CupelError } from '../../../harness/errors.ts'
import {
  checkScenario,
  parseScenario,
  scenarioJsonSchema,
} from '../../../harness/formats/scenario.ts'

const YAML = `
name: race
question: Is one of twenty accepted?
means: { conforms: one is, violates: more are }
streams:
  - name: copies
    attack: concurrent-replay
    usage: client-authentication
    by: hostile
    arrivals: { kind: in-turn, count: 10 }
    copies: 20
    release: together
    lifetimeSeconds: 60
guards:
  - { name: races, counts: races, stream: copies, needed: 10 }
`

function problemsOf(act: () => unknown): readonly string[] {
  try {
    act()
    return []
  } catch (error) {
    if (!(error instanceof CupelError)) throw error
    return error.message.split('\n')
  }
}

describe('a gate of a scenario', () => {
  const gates = (text: string): string => `${YAML}gates: [${text}]\n`
  test('faults that there are none of are told, where it is known which there are', () => {
    const text = YAML.replace(
      /^guards:/mu,
      'faults: [{ fault: link.cutt, on: a, startSeconds: 1, endSeconds: 2 }]\nguards:',
    )
    expect(() => parseScenario(text, 'race.yaml', {})).not.toThrow()
    expect(
      problemsOf(() => parseScenario(text, 'race.yaml', {}, ['clock.offset', 'link.cut'])),
    ).toEqual([
      expect.stringMatching(
        /faults\[0\]\.fault: expected a fault that there is, such as link\.cut, found link\.cutt$/u,
      ),
    ])
  })
  test('may ask for a sequential test', () => {
    const text = gates(
      '{ metric: far, below: 0.001, sequential: { good: 0.0001, alpha: 0.05, beta: 0.05 } }',
    )
    expect(parseScenario(text, 'race.yaml', {}).gates).toEqual([
      {
        metric: 'far',
        attack: null,
        phase: null,
        frame: 'world',
        below: 0.001,
        sequential: { good: 0.0001, alpha: 0.05, beta: 0.05 },
      },
    ])
  })
  test('must not be about a class that nothing is sent of, or between two rates of which neither is better', () => {
    const text = gates(
      '{ metric: far, attack: replay, below: 0.01, sequential: { good: 0.01, alpha: 0.05, beta: 0.05 } }',
    )
    expect(problemsOf(() => parseScenario(text, 'race.yaml', {}))).toEqual([
      expect.stringContaining(
        'gates[0].attack: expected the attack of a stream (concurrent-replay), found replay',
      ),
      expect.stringContaining('gates[0].sequential.good: expected a rate below the limit (0.01)'),
    ])
  })
})

describe('a scenario', () => {
  test('has defaults for what most do not need', () => {
    expect(parseScenario(YAML, 'race.yaml', {})).toMatchObject({
      needs: [],
      nodes: 1,
      faults: [],
      gates: [],
      streams: [{ gapSeconds: 0, nodes: 'rotate' }],
    })
  })

  test('is the same from YAML and from a module', () => {
    const scenario = parseScenario(YAML, 'race.yaml', {})
    expect(checkScenario(scenario, 'race.ts')).toEqual(scenario)
  })

  test('is told all that is wrong, by line in YAML', () => {
    const text = YAML.replace('stream: copies', 'stream: copys')
      .replace('copies: 20', 'copis: 20')
      .replace('count: 10', 'count: 0')
    expect(problemsOf(() => parseScenario(text, 'race.yaml', {}))).toEqual([
      'race.yaml:10:39 streams[0].arrivals.count: expected a number of at least 1, found 0',
      'race.yaml:11:5 streams[0]: expected a known key, of which "copies" is the nearest, found "copis"',
      'race.yaml:15:43 guards[0].stream: expected the name of a stream (copies), found copys',
    ])
  })

  test('is told all that is wrong, by path in a module', () => {
    const scenario = parseScenario(YAML, 'race.yaml', {})
    const bad = {
      ...scenario,
      guards: [],
      faults: [{ fault: 'link.cut', on: 'a>b', startSeconds: 5, endSeconds: 5 }],
      hidden: () => 1,
    }
    expect(problemsOf(() => checkScenario(bad, 'race.ts'))).toEqual([
      expect.stringMatching(/^race\.ts: expected one of the keys .*, found "hidden"$/u),
      'race.ts: guards: expected a list of at least 1, found an empty list',
      'race.ts: faults[0].endSeconds: expected a number of more than startSeconds (5), found 5',
    ])
  })

  test('may have wrong assertions, first copies of their own, bursts, and a finding of its own', () => {
    const text = YAML.replace('count: 10', 'count: 10 }').replace(
      '    copies: 20',
      `    change: { set: { aud: other }, drop: [iat], defect: { kind: audience, form: foreign } }
    first: { defect: { kind: signature-bit } }
    finding: replay/forgotten-after-others
    copies: 20`,
    )
    const burst = text.replace(
      '{ kind: in-turn, count: 10 } }',
      '{ kind: burst, count: 10, atSeconds: 2 }',
    )
    expect(parseScenario(burst, 'race.yaml', {}).streams).toMatchObject([
      {
        arrivals: { kind: 'burst', count: 10, atSeconds: 2 },
        change: { set: { aud: 'other' }, drop: ['iat'] },
        first: { defect: { kind: 'signature-bit' } },
        finding: 'replay/forgotten-after-others',
      },
    ])
  })

  test('goes to several endpoints with client assertions alone', () => {
    const moving = YAML.replace(
      '    copies: 20',
      '    endpoints: first-then-others\n    copies: 20',
    )
    expect(parseScenario(moving, 'race.yaml', {}).streams).toMatchObject([
      { endpoints: 'first-then-others' },
    ])
    const grants = moving.replace('usage: client-authentication', 'usage: authorization-grant')
    expect(problemsOf(() => parseScenario(grants, 'race.yaml', {}))).toEqual([
      expect.stringContaining('streams[0].usage: expected client-authentication, for it goes'),
    ])
  })

  test('tries the tokens of clients that send their copies in turn, and of nobody else', () => {
    const tried = YAML.replace('    copies: 20', '    tries: true\n    copies: 20')
    const inTurn = tried.replace('release: together', 'release: in-turn')
    expect(parseScenario(inTurn, 'race.yaml', {}).streams).toMatchObject([{ tries: true }])
    const grants = tried.replace('usage: client-authentication', 'usage: authorization-grant')
    expect(problemsOf(() => parseScenario(grants, 'race.yaml', {}))).toEqual([
      expect.stringContaining('streams[0].usage: expected client-authentication, for its tokens'),
      expect.stringContaining('streams[0].release: expected in-turn, for its tokens'),
    ])
  })

  test('revokes the tokens of clients that send each assertion once, and of nobody else', () => {
    const revoking = '    revokes: { tries: 3, everySeconds: 0.5 }\n'
    const wrong = YAML.replace('    copies: 20\n', `${revoking}    tries: true\n    copies: 20\n`)
    const right = YAML.replace('    copies: 20\n    release: together\n', revoking)
    expect(parseScenario(right, 'race.yaml', {}).streams).toMatchObject([
      { revokes: { tries: 3, everySeconds: 0.5 }, copies: 1, release: 'in-turn' },
    ])
    const grants = wrong.replace('usage: client-authentication', 'usage: authorization-grant')
    const because = 'for its tokens are revoked'
    expect(problemsOf(() => parseScenario(grants, 'race.yaml', {}))).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`streams[0].usage: expected client-authentication, ${because}`),
        expect.stringContaining(`streams[0].release: expected in-turn, ${because}`),
        expect.stringContaining(`streams[0].copies: expected 1, ${because}, found 20`),
        expect.stringContaining(`streams[0].tries: expected nothing, ${because}, which tries`),
      ]),
    )
  })

  test('may state a mix, shares of it, and what it tolerates of the harness', () => {
    const text = YAML.replace('{ kind: in-turn, count: 10 }', '{ kind: share, of: 0.2 }').replace(
      'streams:',
      'mix: { kind: ramp, fromPerSecond: 0, toPerSecond: 50, startSeconds: 0, endSeconds: 10 }\n' +
        'tolerates: { dueToBegunP99Ms: 20, dropped: 0 }\nstreams:',
    )
    expect(parseScenario(text, 'race.yaml', {})).toMatchObject({
      mix: { kind: 'ramp', toPerSecond: 50 },
      tolerates: { dueToBegunP99Ms: 20, dropped: 0 },
      streams: [{ arrivals: { kind: 'share', of: 0.2 } }],
    })
    expect(problemsOf(() => parseScenario(text.replace('0.2', '1.2'), 'race.yaml', {}))).toEqual([
      expect.stringContaining('mix: expected shares of 1 in all, not of 1.2'),
      expect.stringContaining('streams[0].arrivals.of: expected a number of at most 1, found 1.2'),
    ])
    const alone = YAML.replace('{ kind: in-turn, count: 10 }', '{ kind: share, of: 0.2 }')
    expect(problemsOf(() => parseScenario(alone, 'race.yaml', {}))).toEqual([
      expect.stringContaining('streams[0].arrivals: expected a mix, for it is a share of one'),
    ])
  })

  test('may climb, if it has a mix, goes up and breaks nothing', () => {
    const text = YAML.replace('{ kind: in-turn, count: 10 }', '{ kind: share, of: 0.2 }').replace(
      'streams:',
      'mix: { kind: even, perSecond: 10, startSeconds: 0, endSeconds: 10 }\n' +
        'climb: { times: [1, 2, 4] }\nonDemand: true\nstreams:',
    )
    expect(parseScenario(text, 'race.yaml', {})).toMatchObject({
      climb: { times: [1, 2, 4], unavailable: 0.01 },
      onDemand: true,
    })
    expect(problemsOf(() => parseScenario(text.replace('2, 4', '4, 2'), 'race.yaml', {}))).toEqual([
      'race.yaml:6:24 climb.times[2]: expected more than 4, found 2',
    ])
    const alone = YAML.replace('streams:', 'climb: { times: [1] }\nstreams:')
    expect(problemsOf(() => parseScenario(alone, 'race.yaml', {}))).toEqual([
      expect.stringContaining('climb: expected a mix that climbs'),
    ])
  })

  test('has no first copy without a genuine one, and no finding that nobody knows', () => {
    const text = YAML.replace(
      '    copies: 20',
      '    first: { defect: { kind: signature-bit } }\n    finding: replay/forgoten\n    copies: 1',
    )
    expect(problemsOf(() => parseScenario(text, 'race.yaml', {}))).toEqual([
      'race.yaml:12:14 streams[0].finding: expected a finding of the catalogue, by its id, found replay/forgoten',
      'race.yaml:13:13 streams[0].copies: expected at least 2, for first is one of them, found 1',
    ])
  })

  test('without guards could pass without anything having happened, so it needs one', () => {
    const text = YAML.replace(/guards:[^]*$/u, 'guards: []\n')
    expect(problemsOf(() => parseScenario(text, 'race.yaml', {}))).toEqual([
      'race.yaml:14:9 guards: expected a list of at least 1, found an empty list',
    ])
  })

  test.each([null, 5, 'race', [], () => 1])('is not %s', (value) => {
    expect(problemsOf(() => checkScenario(value, 'race.ts'))).toHaveLength(1)
  })
})

test('the scenario that docs/scenarios.md shows is right', async () => {
  const docs = await readFile('docs/scenarios.md', 'utf8')
  const example = /^```yaml\n([\s\S]*?)^```/m.exec(docs)?.[1] ?? ''
  expect(parseScenario(example, 'docs/scenarios.md').name).toBe('twice-a-second')
})

test('the schema that editors read is the schema that is checked', async () => {
  const schema = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../../schema/scenario.schema.json')
})
