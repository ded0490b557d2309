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
    [['judge', 'package.json'], 'history'],
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
