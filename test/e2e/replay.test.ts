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

  for (const [unknown, hint] of [
    ['rfc7523/3/exp-past:ca:a-day', 'Did you mean rfc7523/3/exp-past:ca:a-day-ago?'],
    ['property-assertions/well-signed-ca/0', '--scenario property-assertions'],
  ] as const) {
    const { code, stderr } = await cupel(['replay', unknown, ...options])
    expect(code).toBe(254)
    expect(stderr).toContain(hint)
  }
})
