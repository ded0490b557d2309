/** What a target file says that Cupel starts, breaks and serves: what is wrong with it. */
import { describe, expect, test } from 'vitest'
import { parseTargetFile } from '../../../harness/formats/target.ts'
import { fileWith, problemsOf } from './target-files.ts'

test('how long keys and revocations may take is said in any of three ways', () => {
  const told = parseTargetFile(
    fileWith({}, 'declares: { propagationSeconds: { removedKey: 4 } }'),
    'mine.yaml',
    {},
  )
  expect(told).toMatchObject({ declares: { propagationSeconds: { removedKey: 4 } } })
})

describe('a bad target file is told all that is wrong with it:', () => {
  const table: readonly (readonly [claim: string, text: string, ...problems: readonly string[]])[] =
    [
      [
        'containers that cannot be started or broken',
        fileWith(
          {},
          'containers:',
          '  one: { image: a, port: 0, networks: [back] }',
          '  two: { image: b, port: 80, files: { /x: "{folder}/y" } }',
          'processes: { two: { command: [b] } }',
          'controls:',
          '  nodes: { node-1: three }',
          '  store: { container: four }',
          '  networks:',
          '    node-1>store: { container: one, network: front, probe: [x] }',
        ),
        '9:26 containers.one.port: expected a number of at least 1, found 0',
        '11:19 processes.two: expected a name that no container has, found "two" again',
        '13:20 controls.nodes.node-1: expected one of two, one, found three',
        '14:23 controls.store.container: expected one of one, two, found four',
        '16:46 controls.networks.node-1>store.network: expected one of back, found front',
      ],
      [
        'proxies that nobody asks at, or that lead to nobody',
        fileWith(
          {},
          'containers: { one: { image: a, port: 80, networks: [back], env: { S: "{via.store.port}" } } }',
          'processes: { as: { command: [as, "{via.two.port}"] }, store: { command: [s] } }',
          'controls:',
          '  proxies:',
          '    node-1>store: { from: as, to: store }',
          '    node-2>store: { from: one, to: store }',
          '    node-3>store: { from: three, to: four }',
          '  networks:',
          '    node-2>store: { container: one, network: back, probe: [x] }',
        ),
        '9:34 processes.as.command[1]: expected a placeholder such as {port}, found {via.two.port}',
        '12:27 controls.proxies.node-1>store.from: expected one that asks at {via.store.port}, found as',
        '13:19 controls.proxies.node-2>store: expected either among proxies or among networks, found both',
        '14:27 controls.proxies.node-3>store.from: expected one of as, store, one, found three',
        '14:38 controls.proxies.node-3>store.to: expected one of as, store, one, found four',
      ],
      [
        'clients that change their keys and do not publish them, or at two ports',
        fileWith({
          6: [
            '  - { id: a, for: [honest, rotating], key: { file: x } }',
            '  - { id: b, for: [honest], key: { file: x }, publishes: { next: { file: y } } }',
            '  - { id: c, for: [rotating], key: { file: x }, publishes: { next: { file: y }, port: 1 } }',
            '  - { id: d, for: [rotating], key: { file: x }, publishes: { next: { kid: y }, port: 2 } }',
          ].join('\n'),
        }),
        '6:5 clients[0].publishes: expected the next key, since it is for rotating, found nothing',
        '7:19 clients[1].for: expected [rotating], since it publishes its keys, found a list of 1',
        '9:68 clients[3].publishes.next: expected either file (and alg) or generate, found a map',
        '9:86 clients[3].publishes.port: expected the port of the one before, found 2',
      ],
      [
        'a store that no replica can find',
        fileWith(
          {},
          'containers: { one: { image: a, port: 80 } }',
          'controls: { store: { container: one, redis: true } }',
        ),
        '8:20 containers.one.networks: expected a network, where a replica of it finds it, found nothing',
      ],
      [
        'processes that cannot be started',
        fileWith(
          {},
          'processes:',
          '  A: { command: [x] }',
          '  b: { command: [], ready: { http: /, tcp: true } }',
        ),
        '9:3 processes: expected a name of a-z, 0-9 and -, found "A"',
        '10:17 processes.b.command: expected a list of at least 1, found an empty list',
        '10:28 processes.b.ready: expected either http or tcp, found a map',
      ],
      [
        'a placeholder for nothing',
        fileWith({}, 'processes:', '  as: { command: [as, "{prot}", "{as.port}", "{port}"] }'),
        '9:23 processes.as.command[1]: expected a placeholder such as {port}, found {prot}',
      ],
      [
        'a command for clocks that is not told enough',
        fileWith(
          {},
          'nodes: [{ name: a, url: http://127.0.0.1:1 }, { name: b, url: http://127.0.0.1:2 }]',
          'controls: { clock: { set: [x, "{offset}"] }, faketime: { a: f } }',
        ),
        '9:20 controls.clock: expected one way to move clocks, found faketime beside it',
        '9:27 controls.clock.set: expected a command that is told {offsetSeconds}, found none',
        '9:27 controls.clock.set: expected a command that is told {node}, found none',
        '9:31 controls.clock.set[1]: expected a placeholder such as {offsetSeconds}, found {offset}',
      ],
      [
        'a placeholder where none can be',
        fileWith({ 3: 'issuer: "https://{as.port}.test"' }),
        '3:9 issuer: expected no placeholder, found {as.port}',
      ],
    ]
  test.each(table)('%s', (_claim, text, ...problems) => {
    expect(problemsOf(text)).toEqual(problems.map((problem) => `mine.yaml:${problem}`))
  })
})
