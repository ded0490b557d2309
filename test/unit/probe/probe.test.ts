/** What a probe finds is what the target was built to, each figure known beforehand from targets/reference and the flaw. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { probe, type ProbeRequest } from '../../../api/probe.ts'
import type { EdgeFound, ProbeReport, UsageFound } from '../../../harness/model/probe.ts'
import { probeText } from '../../../reports/probe-text.ts'

const CLIENT = 'client-authentication'

async function found(
  target: string,
  some: Partial<ProbeRequest> = {},
): Promise<{ readonly report: ProbeReport; readonly client: UsageFound }> {
  const out = await mkdtemp(join(tmpdir(), 'cupel-probe-'))
  onTestFinished(() => rm(out, { recursive: true, force: true }))
  const report = await probe({
    target,
    profile: null,
    seed: '7',
    out,
    usages: [CLIENT],
    capacity: 8,
    waits: false,
    maxPerSecond: null,
    signal: new AbortController().signal,
    note: () => undefined,
    ...some,
  })
  const [client] = report.usages
  if (client === undefined) throw new RangeError('nothing was measured')
  return { report, client }
}

function leeways(client: UsageFound, claim: EdgeFound['claim']) {
  return client.edges.filter((each) => each.claim === claim).map((each) => each.leewaySeconds)
}

/** An interval of at most 0.2 s with the number in it. */
function around(number: number) {
  return {
    asymmetricMatch: (other: unknown) => {
      const { low, high }: { low: number; high: number } = Object(other)
      return low <= number + 0.001 && number - 0.001 <= high && high - low < 0.2
    },
    toString: () => `around ${number}`,
  }
}

test('the reference: a leeway of ten seconds at each node, five minutes at most, a jti that is used once', async () => {
  const { report, client } = await found('simulated:reference')
  for (const claim of ['exp', 'nbf', 'iat'] as const)
    expect(leeways(client, claim)).toEqual([around(10), around(10), around(10)])
  expect(client.lifetime).toEqual({ accepted: 300, refused: 301, fromIssue: true })
  expect(client.identifiers?.absent).toMatchObject({ outcome: 'rejected', status: 400 })
  expect(client.identifiers?.longest).toEqual({ accepted: 16_384, refused: null })
  expect(client.memory?.again.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['the same assertion, again', 'rejected'],
    ['the same assertion, at node-2', 'rejected'],
    ['the same assertion, at node-3', 'rejected'],
    ['another assertion with its jti', 'rejected'],
    ['its jti from another party', 'accepted'],
  ])
  expect(client.memory?.capacity).toEqual({ accepted: 8, refused: null })
  const accepted = client.audiences.filter(({ outcome }) => outcome === 'accepted')
  expect(accepted.map(({ name }) => name)).toEqual(['the issuer', 'one right name, in an array'])
  expect(report.policy).toEqual({
    'jti.ca.required': true,
    'jti.ca.singleUse': 'required',
    'jti.scope': 'issuer',
    'exp.leewaySeconds': { grant: 9, refuse: 11 },
    'future.leewaySeconds': { grant: 9, refuse: 11 },
    'lifetime.maxSeconds': 300,
    'err.ca.status': [400],
  })
  expect(report.wider).toEqual([])
})

test('a leeway that is taken the wrong way lies before the end', async () => {
  const { client, report } = await found('simulated:leeway-wrong-way')
  expect(leeways(client, 'exp')).toEqual([around(-10), around(-10), around(-10)])
  expect(report.policy['exp.leewaySeconds']).toEqual({ grant: 0, refuse: 0 })
})

test('what is never looked at has no edge, and no figure of it is promised', async () => {
  const { client, report } = await found('simulated:iat-ignored')
  expect(leeways(client, 'iat').map((each) => each?.high)).toEqual([null, null, null])
  expect(client.lifetime).toMatchObject({ fromIssue: false })
  expect(report.policy).not.toHaveProperty(['future.leewaySeconds'])
})

test('no limit on lifetimes is no limit', async () => {
  const { client } = await found('simulated:lifetime-unlimited')
  expect(client.lifetime).toEqual({ accepted: 315_360_000, refused: null, fromIssue: null })
})

test('how many are remembered is counted', async () => {
  const { client } = await found('simulated:small-memory', { capacity: 256 })
  expect(client.memory?.capacity?.accepted).toBe(100)
  expect([101, 102]).toContain(client.memory?.capacity?.refused)
})

test('for how long is seen by waiting, and by nothing else', async () => {
  const forgetful = await found('simulated:forgets-before-leeway-ends', { waits: true })
  expect(forgetful.client.memory?.window?.acceptedAgain).toBeCloseTo(5, 0)
  const right = await found('simulated:reference', { waits: true })
  expect(right.client.memory?.window).toMatchObject({ acceptedAgain: null, lifetimeSeconds: 5 })
  expect((await found('simulated:reference')).client.memory?.window).toBeNull()
})

test('replays that are accepted, and a memory that all parties share, are told and promised nobody', async () => {
  const { client, report } = await found('simulated:no-replay-check')
  expect(client.memory?.again[0]?.outcome).toBe('accepted')
  expect(client.memory?.capacity).toBeNull()
  expect(report.policy).not.toHaveProperty(['jti.ca.singleUse'])
  const shared = await found('simulated:key-is-jti-alone')
  expect(shared.client.memory?.again.at(-1)?.outcome).toBe('rejected')
  expect(shared.report.policy).not.toHaveProperty(['jti.scope'])
})

test('the policy of a probe is told as lines for a target file', async () => {
  const { report } = await found('simulated:reference')
  expect(probeText(report)).toContain(
    'policy:\n  jti.ca.required: true\n  jti.ca.singleUse: "required"\n',
  )
})
