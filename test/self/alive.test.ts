/**
 * No check is dead: a server that says yes to everything is failed by every check of a refusal, and one that says yes to
 * controls alone by every check of an acceptance.
 */
import { expect, test } from 'vitest'
import type { RawAnswer, Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { simulated } from '../../targets/simulated/target.ts'
import { ask } from './ask.ts'

test('a server that says yes to everything is failed by every check of a refusal', async () => {
  const yes = answering((caseId) => !caseId.endsWith('/bare'))
  for (const profile of ['rfc7523bis', 'oidc-core', 'fapi2']) {
    const { record } = await ask({ target: yes, suites: ['**'], profiles: [profile] })
    const refusals = record.checks.filter(({ expected }) => expected === 'reject')
    expect(refusals.length, profile).toBeGreaterThan(200)
    const spared = refusals.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'non-strict')
    expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([])
  }
})

test('a server that says yes to nothing but controls is failed by every check of an acceptance', async () => {
  const picky = answering((caseId) => /^control\/.*(before|after)/.test(caseId))
  const { record } = await ask({ target: picky, suites: ['**'], profiles: ['rfc7523'] })
  const owed = record.checks.filter(({ expected }) => expected === 'accept')
  expect(owed.length).toBeGreaterThan(30)
  const spared = owed.filter(({ verdict }) => verdict === 'pass' || verdict === 'inconclusive')
  expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([])
})

test('a resource that needs no token is accused of nothing, and passes nothing', async () => {
  const open = answering(() => true)
  const { record } = await ask({ target: open, suites: ['rfc9068/**'] })
  expect(record.findings).toEqual([])
  expect(record.checks.filter(({ verdict }) => verdict === 'pass')).toEqual([])
  expect(record.exitCode).toBe(2)
  expect(record.notes.join()).toContain('without any token')
})

/** The simulated reference's parties and endpoints, with nothing behind them but a yes or a no to each case. */
function answering(says: (caseId: string) => boolean): Target {
  const reference = simulated(seeded('7').stream('target'))
  return {
    ...reference,
    present: (step, made) => ({ ...reference.present(step, made), path: step.caseId }),
    async open(site) {
      const session = await reference.open(site)
      const answer = ({ path }: { readonly path: string }) =>
        Promise.resolve(says(path) ? granted(path) : refused(path))
      const wire = site.wires.call(answer, session.clock ?? undefined)
      return { ...session, connect: () => Promise.resolve(wire) }
    },
  }
}

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

function granted(caseId: string): RawAnswer {
  const body = { access_token: `token-of-${caseId}`, token_type: 'Bearer', active: true }
  return { status: 200, headers: HEADERS, body: Buffer.from(JSON.stringify(body)) }
}

/** The refusal that the usage of the case has. */
function refused(caseId: string): RawAnswer {
  if (/:v:|\/v-/.test(caseId)) {
    const headers = { ...HEADERS, 'www-authenticate': 'Bearer error="invalid_token"' }
    return { status: 401, headers, body: new Uint8Array() }
  }
  const error = caseId.includes(':jg:') ? 'invalid_grant' : 'invalid_client'
  return { status: 400, headers: HEADERS, body: Buffer.from(JSON.stringify({ error })) }
}
