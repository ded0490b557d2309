/** Goal: what two shards could not say their merged record says, and what became worse is told by exit code. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cupel, scratch, start } from './command.ts'

// A limit of 12 % takes 24 races without a second winner: more than either shard has.
const RACES = ['--scenario', 'replay-race', '--seed', '7', '--quiet']
const GATED = [...RACES, '--repeat', '2', '--gate', 'far[replay] < 12 %']

test('two shards are merged, judged again and compared', { timeout: 120_000 }, async () => {
  const out = await scratch()
  const folder = (name: string): string => join(out, name, 'latest')
  for (const shard of ['1', '2']) {
    const options = ['--shard', `${shard}/2`, '--out', join(out, shard)]
    const { code, stdout } = await cupel(['run', ...GATED, ...options])
    expect(code, stdout).toBe(2)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'gate far[replay] < 0.12: undecided (replay (steady): 0 of 20, at most 13.9 % at 95 %)',
    )
  }

  const merged = join(out, 'merged')
  const merging = await cupel(['merge', folder('1'), folder('2'), '--out', merged])
  expect(merging.code, merging.stderr).toBe(0)
  expect(merging.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'gate far[replay] < 0.12: passed (replay (steady): 0 of 40, at most 7.22 % at 95 %)',
  )
  expect(await readdir(merged)).toEqual(['record.json'])
  const record = JSON.parse(await readFile(join(merged, 'record.json'), 'utf8'))
  expect(record).toMatchObject({ format: 1, verdict: 'conforms', complete: true })
  expect(record.runIds).toHaveLength(2)

  const twice = await cupel(['merge', folder('1'), folder('1'), '--out', merged])
  expect(twice.code).toBe(254)
  expect(twice.stderr).toContain('ERR_RECORDS_OVERLAP')

  const judged = await cupel(['judge', folder('1'), '--gate', 'far < 50 %'])
  expect(judged.code, judged.stderr).toBe(2)
  expect(judged.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'gate far < 0.5: passed (replay (steady): 0 of 20, at most 13.9 % at 95 %)',
  )
  const idle = await cupel(['judge', folder('1'), '--gate', 'far[forged] < 50 %'])
  expect(idle.code).toBe(254)
  expect(idle.stderr).toContain('Their attack classes are: replay')

  const flawed = join(out, 'flawed')
  const options = ['--target', 'flawed:replay-check-then-set', '--out', flawed]
  expect((await cupel(['run', ...RACES, ...options])).code).toBe(1)
  const other = await cupel(['compare', merged, join(flawed, 'latest')])
  expect(other.code).toBe(254)
  expect(other.stderr).toContain('--anyway')
  const worse = await cupel(['compare', merged, join(flawed, 'latest'), '--anyway'])
  expect(worse.code, worse.stdout).toBe(1)
  expect(worse.stdout).toContain('conforms to violates  replay-race')
  expect(worse.stdout).toMatch(/false accepts of replay\s+0 of 40/)
  const names = 'html,junit,sarif,md,csv,badge,line'
  const told = ['--anyway', '--report', names, '--out', join(out, 'worse')]
  const written = await cupel(['compare', merged, join(flawed, 'latest'), ...told])
  expect(written.code, written.stderr).toBe(1)
  expect(await readdir(join(out, 'worse'))).toHaveLength(names.split(',').length)
  const junit = await readFile(join(out, 'worse', 'compare-junit.xml'), 'utf8')
  expect(junit).toMatch(/name="replay-race: false accepts of replay">\s*<failure type="worse"/)
  const same = await cupel(['compare', merged, merged, '--json'])
  expect(same.code).toBe(0)
  expect(JSON.parse(same.stdout)).toMatchObject({ format: 1, verdict: 'no worse' })
})

test('a writer that throws keeps neither the verdict nor another report from anyone', async () => {
  const out = await scratch()
  const asked = ['--target', 'simulated:reference', '--suite', 'rfc7523/3/iss*', '--seed', '7']
  const named = ['--report', 'junit,md,sarif,html', '--out']
  const broken = (args: readonly string[]) =>
    start(args, process.cwd(), 'test/e2e/fixtures/broken-junit.mjs').ended

  const ran = await broken(['run', ...asked, ...named, out])
  expect(ran.code, ran.stderr).toBe(255)
  expect(ran.stderr).toContain('the report junit (junit.xml) failed: TypeError: broken on purpose')
  expect(ran.stdout).toContain('CONFORMS  ')
  const written = ['cupel.sarif', 'record.json', 'report.html', 'summary.md']
  expect(await readdir(join(out, 'latest'))).toEqual(expect.arrayContaining(written))
  expect(await readdir(join(out, 'latest'))).not.toContain('junit.xml')

  const again = join(out, 'again')
  const reported = await broken(['report', join(out, 'latest'), ...named, again])
  expect(reported.code, reported.stderr).toBe(255)
  expect(await readdir(again)).toEqual(['cupel.sarif', 'report.html', 'summary.md'])

  const mended = await cupel(['report', join(out, 'latest'), '--report', 'junit', '--out', again])
  expect(mended.code, mended.stderr).toBe(0)
  expect(await readdir(again)).toContain('junit.xml')
})
