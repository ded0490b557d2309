/**
 * No check is dead: a server that says yes to everything is failed by every check of a refusal, and one that says yes to
 * controls alone by every check of an acceptance.
 */
import { expect, test } from 'vitest'
import type { RawAnswer, Read, Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { simulatedReference } from '../../targets/simulated/target.ts'
import { ask } from './ask.ts'

const YES: Read = {
  answer: {
    kind: 'reply',
    status: 200,
    code: null,
    active: true,
    headers: {},
    token: 'tag',
    form: [],
    bytes: 0,
    excerpt: '',
  },
  taken: { 'access-token': 'anything' },
}

test('a server that says yes to everything is failed by every check of a refusal', async () => {
  const reference = simulatedReference(seeded('7').stream('target'))
  const yes: Target = { ...reference, read: () => YES }
  for (const profile of ['rfc7523bis', 'oidc-core', 'fapi2']) {
    const { record } = await ask({ target: yes, suites: ['**'], profiles: [profile] })
    const refusals = record.checks.filter(({ expected }) => expected === 'reject')
    expect(refusals.length, profile).toBeGreaterThan(200)
    const spared = refusals.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'non-strict')
    expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([])
  }
})

test('a server that says yes to nothing but controls is failed by every check of an acceptance', async () => {
  const reference = simulatedReference(seeded('7').stream('target'))
  const picky: Target = {
    ...reference,
    present: (step, made) => ({ ...reference.present(step, made), path: step.caseId }),
    async open(site) {
      const session = await reference.open(site)
      const wire = site.wires.call(
        ({ path }) => Promise.resolve(answerTo(path)),
        session.clock ?? undefined,
      )
      return { ...session, connect: () => Promise.resolve(wire) }
    },
  }
  const { record } = await ask({ target: picky, suites: ['**'], profiles: ['rfc7523'] })
  const owed = record.checks.filter(({ expected }) => expected === 'accept')
  expect(owed.length).toBeGreaterThan(30)
  const spared = owed.filter(({ verdict }) => verdict === 'pass' || verdict === 'inconclusive')
  expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([])
})

/** Granted to a control; to anything else the refusal that its usage has. */
function answerTo(caseId: string): RawAnswer {
  const [status, body] = caseId.startsWith('control/')
    ? [200, { access_token: caseId, token_type: 'Bearer', active: true }]
    : [400, { error: caseId.includes(':jg:') ? 'invalid_grant' : 'invalid_client' }]
  const refused = caseId.includes(':v:') ? 401 : status
  return {
    status: refused,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(refused === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}),
    },
    body: Buffer.from(JSON.stringify(body)),
  }
}
