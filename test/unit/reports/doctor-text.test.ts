import { describe, expect, test } from 'vitest'
import type { DoctorReport } from '../../../harness/model/doctor.ts'
import { doctorText } from '../../../reports/doctor-text.ts'
import { fitted } from '../../../reports/fit.ts'
import { PAYLOADS } from './hostile.ts'

const MACHINE: DoctorReport = {
  format: 1,
  ready: 'ready',
  exitCode: 0,
  machine: [
    { name: 'Node.js', health: 'good', text: '24.21.0' },
    {
      name: 'folder out',
      health: 'note',
      text: 'may be written to, 80 MB free: a long run may not fit',
      help: 'make room, or name another folder with --out',
    },
  ],
  tools: [
    { name: 'redis-server', missing: null, for: '--target redis' },
    {
      name: 'toxiproxy',
      missing: 'toxiproxy-server is not installed: apt install toxiproxy',
      for: 'controls.toxiproxy in a target file: partitioned-cache, partitioned-silently, partitioned-one-way, partition-flapping',
    },
  ],
  target: null,
}

const TARGET: DoctorReport = {
  ...MACHINE,
  ready: 'in part',
  exitCode: 2,
  target: {
    called: 'deploy/my staging.yaml',
    looked: [
      { name: 'target', health: 'good', text: 'its file can be read, and it may be asked' },
      { name: 'honest', health: 'good', text: 'client-authentication as cupel-1: accepted' },
      {
        name: 'hostile',
        health: 'poor',
        text: 'client-authentication as cupel-2: the plainest right request was refused: 401 invalid_client {"error_description": "unknown client"}',
        help: 'register cupel-2 with the public part of k-2 for ES256, or correct issuer and audiences in the target file; the log of the server says why',
      },
    ],
    asks: { scenarios: 16, cases: 895 },
    scenarios: [
      {
        because: 'needs the control link, which the target does not offer',
        what: ['partitioned-cache', 'partition-flapping'],
      },
    ],
    cases: [
      { because: 'needs a registered RS256 key', cases: 3 },
      { because: 'needs a registered HS256 key', cases: 2 },
    ],
  },
}

describe('what the doctor says', () => {
  test('is as in its file', async () => {
    await expect(`${doctorText(TARGET)}\n`).toMatchFileSnapshot('__outputs__/doctor.txt')
  })
  test('of a machine alone ends in what to do with it', () => {
    const text = doctorText(MACHINE)
    expect(text).toMatch(/^READY {2}this machine\n/)
    expect(text).toContain('cupel init')
  })
  test('of a target that is not ready names no run', () => {
    const text = doctorText({ ...TARGET, ready: 'not ready', exitCode: 254 })
    expect(text).toMatch(/^NOT READY {2}/)
    expect(text).not.toContain('cupel run')
  })
  test.each([40, 60, 80, 120])('fits %d columns', (columns) => {
    const longest = Math.max(
      ...fitted(doctorText(TARGET, false, columns), columns)
        .split('\n')
        .map((line) => line.length),
    )
    expect(longest).toBeLessThanOrEqual(columns)
  })
  test('has colour where it is asked for, and nothing of a target but text', () => {
    expect(doctorText(TARGET, true)).toContain('\u001b[31m✕')
    const [first, ...looked] = TARGET.target?.looked ?? []
    if (first === undefined || TARGET.target === null) throw new RangeError('expected a target')
    const hostile = PAYLOADS.map((text) => ({
      name: text,
      health: 'poor' as const,
      text,
      help: text,
    }))
    const text = doctorText({
      ...TARGET,
      target: { ...TARGET.target, looked: [first, ...looked, ...hostile] },
    })
    expect(text).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]|^::/mu)
  })
})
