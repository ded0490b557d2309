import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseTargetFile, targetJsonSchema } from '../../../harness/formats/target.ts'
import { fileWith, problemsOf } from './target-files.ts'

describe('a target file', () => {
  test('needs little: the rest has defaults', () => {
    expect(parseTargetFile(fileWith({}), 'mine.yaml', {})).toEqual({
      kind: 'token-endpoint',
      name: 'mine',
      issuer: 'https://as.test',
      endpoints: { token: 'https://as.test/token' },
      clients: [{ id: 'a', for: ['honest', 'hostile'], key: { file: './a.jwk' } }],
      grants: [],
      tokens: [],
      audiences: { values: ['https://as.test'], complete: false },
      clock: { source: 'none' },
      declares: {
        replay: null,
        leewaySeconds: null,
        maxLifetimeSeconds: null,
        path: 'unknown',
        survives: [],
      },
    })
  })

  test.each(['target', 'in-memory', 'two-clocks'])(
    'of the laboratory is right: %s.yaml',
    (name) => {
      const path = `targets/lab/oidc-provider/${name}.yaml`
      const file = parseTargetFile(readFileSync(path, 'utf8'), path, {})
      expect(file).toMatchObject({
        kind: 'token-endpoint',
        profile: 'oidc-core',
        declares: { replay: 'single-use' },
      })
    },
  )

  test('of containers is right, with its images from the environment', () => {
    const path = 'targets/lab/reference/containers.yaml'
    const images = { CUPEL_NODE_IMAGE: 'node:24-slim', CUPEL_REDIS_IMAGE: 'redis:8' }
    const file = parseTargetFile(readFileSync(path, 'utf8'), path, images)
    expect(file).toMatchObject({
      containers: {
        store: { image: 'redis:8', port: 6379, networks: ['back'] },
        'node-3': { image: 'node:24-slim', ready: { http: expect.any(String) } },
      },
    })
  })

  test('as docs/targets.md shows it is right', () => {
    const docs = readFileSync('docs/targets.md', 'utf8')
    const examples = [...docs.matchAll(/```yaml\n(kind:[^`]*)```/gu)].map((match) => match[1] ?? '')
    const whole = examples.filter((example) => !example.includes('…'))
    const kinds = whole.map((example) => parseTargetFile(example, 'docs/targets.md', {}).kind)
    expect(kinds).toEqual(['token-endpoint', 'verifier', 'module'])
  })

  test('read and written as JSON, which is YAML, is the same when read again', () => {
    const path = 'targets/lab/oidc-provider/target.yaml'
    const file = parseTargetFile(readFileSync(path, 'utf8'), path, {})
    expect(parseTargetFile(JSON.stringify(file), 'again.yaml', {})).toEqual(file)
  })

  test('takes values from the environment, and leaves an escaped one alone', () => {
    const text = fileWith({ 2: 'name: ${WHO} of $${HERE}' })
    expect(parseTargetFile(text, 'mine.yaml', { WHO: 'me' })).toMatchObject({
      name: 'me of ${HERE}',
    })
  })

  test('has a published schema', async () => {
    const schema = `${JSON.stringify(targetJsonSchema(), null, 2)}\n`
    await expect(schema).toMatchFileSnapshot('../../../schema/target.schema.json')
  })
})

describe('a bad target file is told all that is wrong with it:', () => {
  const KEYS =
    'kind, name, issuer, nodes, policy, declares, audiences, clock, tls, http, proxy, mtlsEndpoints, containers, processes, ' +
    'controls, ' +
    'profile, authorization, maxRatePerSecond, maxFailures, canary, endpoints, clients, grants, tokens, scope, sendClientId'
  const table: readonly (readonly [claim: string, text: string, ...problems: readonly string[]])[] =
    [
      [
        'a misspelt key names the nearest, and is not missed as well',
        fileWith({ 3: 'isuer: https://as.test' }),
        '3:1 expected a known key, of which "issuer" is the nearest, found "isuer"',
      ],
      [
        'a misspelt kind',
        fileWith({ 1: 'kin: token-endpoint' }),
        '1:1 expected a known key, of which "kind" is the nearest, found "kin"',
      ],
      [
        'an unknown kind',
        fileWith({ 1: 'kind: tokenendpoint' }),
        '1:7 kind: expected one of "token-endpoint", "verifier", "module", found tokenendpoint',
      ],
      ['a missing key', fileWith({ 3: '' }), '1:1 issuer: expected a text, found nothing'],
      [
        'a key like no other',
        fileWith({}, 'zzz: 1'),
        `8:1 expected one of the keys ${KEYS}, found "zzz"`,
      ],
      [
        '__proto__ is no key',
        fileWith({}, '__proto__: {}'),
        `8:1 expected one of the keys ${KEYS}, found "__proto__"`,
      ],
      [
        'a key twice',
        fileWith({}, 'name: again'),
        '8:1 expected every key once, found "name" again',
      ],
      [
        'several things, in the order of their lines',
        fileWith(
          { 2: 'name: 5', 4: 'endpoints: { token: ftp://as.test }' },
          'maxRatePerSecond: -1',
          'scope: ""',
        ),
        '2:7 name: expected a text, found 5',
        '4:21 endpoints.token: expected an http or https URL, found ftp://as.test',
        '8:19 maxRatePerSecond: expected a number of at least 1, found -1',
        '9:8 scope: expected a text that is not empty, found ""',
      ],
      [
        'a duplicate does not hide what else is wrong',
        fileWith({}, 'name: 5'),
        '8:1 expected every key once, found "name" again',
        '8:7 name: expected a text, found 5',
      ],
      [
        'an unset variable',
        fileWith({ 2: 'name: ${NOWHERE}' }),
        '2:7 expected the environment variable NOWHERE, found no such variable',
      ],
      ['nothing', '', '1:1 expected a map, found nothing'],
      ['a list', '- a', '1:1 expected a map, found a list of 1'],
      [
        'no YAML',
        'a: [1\nb: 2',
        '2:1 expected YAML, found none: Flow sequence in block collection must be sufficiently indented and end with a ]',
      ],
      [
        'two documents',
        'a: 1\n---\nb: 1',
        '2:1 expected YAML, found none: Source contains multiple documents; please use YAML.parseAllDocuments()',
      ],
      [
        'a tag that nobody knows',
        'a: !ruby/object x',
        '1:4 expected YAML, found none: Unresolved tag: !ruby/object',
      ],
      [
        'a key that is no text',
        '? [a]\n: b',
        '1:3 expected a text as key, found a list, map or alias',
      ],
      [
        'an unfit key',
        fileWith({ 6: '  - { id: a, for: [honest], key: { file: a, generate: ES256 } }' }),
        '6:34 clients[0].key: expected either file (and alg), generate, or public with a command or a sidecar, found a map',
      ],
      [
        'a role that does not exist',
        fileWith({ 6: '  - { id: a, for: [honest, evil], key: { file: a } }' }),
        '6:28 clients[0].for[1]: expected one of "honest", "hostile", "pressure", "spare", "rotating", found evil',
      ],
      [
        'two of one name',
        fileWith(
          {},
          'grants:',
          '  - { name: a, issuer: x, subject: y, for: [honest], key: { file: a } }',
        ),
        '9:13 grants[0].name: expected a name that no other has, found "a" again',
      ],
      [
        'nobody to ask as',
        fileWith({ 5: 'clients: []', 6: '' }),
        '5:10 clients: expected at least one of clients or grants, found neither',
      ],
      [
        'endpoints on two hosts',
        fileWith({
          4: 'endpoints: { token: https://as.test/token, introspection: https://other.test/i }',
        }),
        '4:59 endpoints.introspection: expected a URL that begins with https://as.test, found https://other.test/i',
      ],
      [
        'tokens for no resource',
        fileWith({}, 'tokens:', '  - { issuer: x, subject: y, for: [honest], key: { file: a } }'),
        '4:12 endpoints.resource: expected a URL, since there are tokens for it, found nothing',
      ],
      [
        'a version that nobody speaks',
        fileWith({}, 'http: 3'),
        '8:7 http: expected one of 1.1, 2, found 3',
      ],
      [
        'a name that is an address',
        fileWith({}, 'nodes: [{ name: n, url: https://as.test, host: https://as.test }]'),
        '8:48 nodes[0].host: expected a name such as as.example, found https://as.test',
      ],
      [
        'aliases for some only',
        fileWith(
          { 4: 'endpoints: { token: https://as.test/token, resource: https://as.test/r }' },
          'mtlsEndpoints: { token: https://mtls.as.test/token }',
          'nodes: [{ name: n, url: https://n.as.test }]',
        ),
        '8:16 mtlsEndpoints.resource: expected a URL, since there are mtlsEndpoints, found nothing',
        '9:9 nodes[0].mtls: expected a URL, since there are mtlsEndpoints, found nothing',
      ],
      [
        'declarations that contradict themselves',
        fileWith({}, 'declares: { leewaySeconds: { grant: 5, refuse: 1 } }'),
        '8:48 declares.leewaySeconds.refuse: expected at least as much as grant (5), found 1',
      ],
      [
        'a date that is none',
        fileWith({}, 'authorization: { by: me, until: soon }'),
        '8:33 authorization.until: expected a date such as 2030-12-31, found soon',
      ],
    ]
  test.each(table)('%s', (_claim, text, ...problems) => {
    expect(problemsOf(text)).toEqual(problems.map((problem) => `mine.yaml:${problem}`))
  })
})
