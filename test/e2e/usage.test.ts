/** Wrong input is refused at once, all of it together, and leaves nothing that looks like a result. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cupel, scratch } from './command.ts'

describe('a dry run', () => {
  test('prints the same bytes for the same seed, and others for another', async () => {
    const [first, second, other] = await Promise.all(
      ['7', '7', '8'].map((seed) => cupel(['run', '--dry-run', '--seed', seed])),
    )
    expect(first?.code).toBe(0)
    expect(first?.stdout.length).toBeGreaterThan(10_000)
    expect(second?.stdout).toBe(first?.stdout)
    expect(other?.stdout).not.toBe(first?.stdout)
  })
})

describe('a dry run with a gate', () => {
  test('says how many units, requests and seconds it takes, and asks nobody', async () => {
    const asked = ['--scenario', 'replay-race', '--gate', 'far < 1e-3', '--max-rate', '100']
    const { code, stdout } = await cupel(['run', '--dry-run', '--seed', '7', ...asked])
    expect(code).toBe(0)
    expect(stdout).toContain('gate far < 0.001 takes 2,995 units of each class')
    expect(stdout).toContain('6,294 allow for 2')
    expect(stdout).toContain('--repeat 315 is 126,000 requests')
    expect(stdout).toContain('1,260 s (21 min) at the highest rate allowed')
  })
})

describe('bad usage', () => {
  test.each([
    [['run', '--target', 'embeded'], 'embedded'],
    [['run', '--suite', 'rfc7523/3/exp-pst'], 'rfc7523/3/exp-past'],
    [['run', '--scenario', 'replay-rase'], 'replay-race'],
    [['run', '--profile', 'fapi'], 'fapi2'],
    [['explain', 'rfc7523/3/aud-mising'], 'rfc7523/3/aud-missing'],
    [['run', '--target', 'https://as.example/token'], 'target file'],
    [['run', '--target', 'nowhere.yaml'], 'nowhere.yaml'],
    [['run', '--max-rate', 'fast'], 'at least 1'],
    [['run', '--max-rate', '0.5'], 'at least 1'],
    [
      ['run', '--gate', 'far < 1e-3'],
      'the default run decides no gate; over all its scenarios that',
    ],
    [['run', '--gate', 'far < 1e-3', '--scenario', 'replay-race'], 'plans 20 races of replay'],
    [['run', '--repeat', '0'], 'at least 1'],
    [['run', '--shard', '5/4'], 'from 1/n to n/n'],
    [['run', '--shard', '3/3', '--scenario', 'replay-race'], 'nothing to do'],
    [['compare', 'nowhere', 'package.json'], 'no record at nowhere'],
    [['judge', 'package.json'], 'history'],
    [['init', 'nowhere', '--endpoint', 'as.example'], '--endpoint: expected the URL of the token'],
    [['rum'], 'run'],
  ])('%j is exit 254 and names what was meant', async (args, hint) => {
    const { code, stderr, stdout } = await cupel(args)
    expect(code, stderr).toBe(254)
    expect(stderr).toContain(hint)
    expect(stdout).toBe('')
  })

  test('of a target file tells every problem with its line', async () => {
    const out = await scratch()
    const file = join(out, 'target.yaml')
    await writeFile(
      file,
      [
        'kind: token-endpoint',
        'nam: mine',
        'issuer: 7',
        'endpoints: { token: not-a-url }',
        'clients: []',
      ].join('\n'),
    )
    const { code, stderr } = await cupel(['run', '--target', file, '--out', join(out, 'out')])
    expect(code).toBe(254)
    expect(stderr).toMatch(/target\.yaml:2:1 .*"name".*"nam"/)
    expect(stderr).toMatch(/target\.yaml:3:9 issuer/)
    expect(stderr).toMatch(/target\.yaml:4/)
    expect(await readdir(out)).toEqual(['target.yaml'])
  })
})
