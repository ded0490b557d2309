/** `cupel replay`: a case that a report names, once more. Simulated targets, where the same seed is the same race. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cupel, scratch } from './command.ts'

test('says of a case that a report names whether it still happens', async () => {
  const out = await scratch()
  const asked = [
    '--scenario',
    'replay-race',
    '--suite',
    'rfc7523/3/exp-past',
    '--seed',
    '3',
    '--quiet',
  ]
  const ran = await cupel([
    'run',
    '--target',
    'simulated:replay-check-then-set',
    ...asked,
    '--out',
    out,
  ])
  expect(ran.code, ran.stderr).toBe(1)
  const [, id = ''] = /cupel replay (\S+)/.exec(ran.stdout) ?? []
  const options = ['--record', join(out, 'latest'), '--out', join(out, 'replays')]

  const again = await cupel(['replay', id, ...options])
  expect(again.code, again.stderr).toBe(1)
  expect(again.stdout).toMatch(/jti +\w+/)
  expect(again.stdout).toContain('signature  by the issuer named, masked')
  expect(again.stdout).toMatch(/got {2}200 a token, masked/)
  expect(again.stdout).toContain('STILL HAPPENS\n  replay/accepted-concurrently')

  const mended = ['--target', 'simulated:reference', '--seed', '3', '--times', '2']
  const gone = await cupel(['replay', id, ...mended, '--out', join(out, 'mended')])
  expect(gone.code, gone.stderr).toBe(0)
  expect(gone.stdout).toContain('DID NOT HAPPEN')

  const refused = await cupel(['replay', 'rfc7523/3/exp-past:ca:a-day-ago', ...options])
  expect(refused.code, refused.stderr).toBe(0)
  expect(refused.stdout).toMatch(/exp .*86,400 seconds ago[^]*got {2}400 invalid_client/)

  const unknown = await cupel(['replay', 'rfc7523/3/exp-past:ca:a-day', ...options])
  expect(unknown.code).toBe(254)
  expect(unknown.stderr).toContain('Did you mean rfc7523/3/exp-past:ca:a-day-ago?')
})

test('asks a sequence again that a property found and made smaller', async () => {
  const out = await scratch()
  const ran = await cupel([
    'run',
    '--target',
    'simulated:no-replay-check',
    '--scenario',
    'property-sequences',
    '--seed',
    '7',
    '--quiet',
    '--out',
    out,
  ])
  expect(ran.code, ran.stderr).toBe(1)
  const [, id = ''] = /cupel replay (property-sequences\S+)/.exec(ran.stdout) ?? []
  const options = ['--record', join(out, 'latest'), '--out', join(out, 'replays')]

  const again = await cupel(['replay', id, ...options])
  expect(again.code, again.stderr).toBe(1)
  expect(again.stdout.match(/ got {2}200 a token, masked/g)).toHaveLength(2)
  expect(again.stdout).toContain('sent assertion as in 1')
  expect(again.stdout).toContain('STILL HAPPENS\n  replay/accepted-sequentially')

  const mended = await cupel(['replay', id, ...options, '--target', 'simulated:reference'])
  expect(mended.code, mended.stderr).toBe(0)
  expect(mended.stdout).toContain('DID NOT HAPPEN')

  const never = await cupel(['replay', 'property-assertions/well-signed-ca/0', ...options])
  expect(never.code).toBe(254)
  expect(never.stderr).toContain('--scenario property-assertions')
})
