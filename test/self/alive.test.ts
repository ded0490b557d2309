/**
 * No check is dead: a server that says yes to everything is failed by every check of a refusal, one that says yes to
 * controls alone by every check of an acceptance, and one whose answers are all out of form by every check of form.
 */
import { expect, test } from 'vitest'
import type { RawAnswer, Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { CHECKS } from '../../suites/index.ts'
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

test('so it is by those of what goes beyond RFC 7523, where it says that it takes that', async () => {
  const yes = beyond(answering((caseId) => !caseId.endsWith('/bare')))
  const documents = ['rfc9449', 'rfc8705', 'rfc8693', 'idjag', 'jwtsvid', 'spiffeauth']
  const failed = new Set<string>()
  for (const profile of ['id-jag', 'spiffe']) {
    const { record } = await ask({
      target: yes,
      suites: documents.map((each) => `${each}/**`),
      profiles: [profile],
    })
    const refusals = record.checks.filter(({ expected }) => /^reject\b/.test(expected))
    const spared = refusals.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'non-strict')
    expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([])
    for (const { id } of refusals) failed.add(id.slice(0, id.indexOf('/')))
  }
  expect([...failed].toSorted()).toEqual(documents.toSorted())
})

test('a server that says yes to nothing but controls is failed by every check of an acceptance', async () => {
  const picky = answering((caseId) => /^control\/.*(?<!bare)$/.test(caseId))
  const { record } = await ask({ target: picky, suites: ['**'], profiles: ['rfc7523'] })
  const owed = record.checks.filter(({ expected }) => expected === 'accept')
  expect(owed.length).toBeGreaterThan(30)
  const spared = owed.filter(
    ({ verdict, case: name }) =>
      name !== 'document' && (verdict === 'pass' || verdict === 'inconclusive'),
  )
  expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([])
})

test('a server whose answers are out of form is told so by every check of form', async () => {
  const { record } = await ask({ target: formless(), suites: [...OF_FORM] })
  expect(new Set(record.checks.map(({ id }) => id))).toEqual(new Set(OF_FORM))
  const spared = record.checks.filter(
    ({ verdict }) => !['fail', 'non-strict', 'unsupported'].includes(verdict),
  )
  expect(spared.map(({ caseId, verdict, because }) => [caseId, verdict, because])).toEqual([
    ['rfc7521/4.1/refresh-token:jg:control', 'informational', expect.stringContaining('refresh')],
  ])
})

/** Every check of which a row names what must not be wrong with an answer. */
const OF_FORM = CHECKS.filter(
  ({ usages, cases }) =>
    !usages.includes('dpop-proof') &&
    cases.some(({ expects }) => expects.some(({ faults }) => faults !== undefined)),
).map(({ id }) => id)

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
      const clock = session.clock ?? site.clock
      const answer = async ({ path }: { readonly path: string }) => {
        // What is answered in no time at all lies wholly between nothing, and so tells of no lock-out.
        await clock.sleepUntil(clock.nowUs() + 1_000)
        return says(path) ? granted(path) : refused(path)
      }
      const wire = site.wires.call(answer, session.clock ?? undefined)
      return { ...session, connect: () => Promise.resolve(wire) }
    },
  }
}

/** The same, saying that it takes whatever checks know of; each client proves to have its own key. */
function beyond(target: Target): Target {
  const { facts } = target
  const proofs = facts.principals
    .filter(({ usage }) => usage === 'client-authentication')
    .map((each) => ({ ...each, name: `${each.name}-proof`, usage: 'dpop-proof' as const }))
  return {
    ...target,
    facts: {
      ...facts,
      usages: [...facts.usages, 'dpop-proof'],
      principals: [...facts.principals, ...proofs],
      declares: {
        ...facts.declares,
        supports: ['dpop', 'mutual-tls', 'token-exchange', 'id-jag', 'spiffe'],
      },
    },
  }
}

/** Right in every decision that the checks of form ask for, and in nothing else; it publishes what nobody may. */
function formless(): Target {
  const reference = simulated(seeded('7').stream('target'))
  return {
    ...reference,
    present: (step, made) => ({ ...reference.present(step, made), path: step.name }),
    async open(site) {
      const session = await reference.open(site)
      const answer = ({ path }: { readonly path: string }) => Promise.resolve(slovenly(path))
      const wire = site.wires.call(answer, session.clock ?? undefined)
      return { ...session, connect: () => Promise.resolve(wire) }
    },
  }
}

function slovenly(step: string): RawAnswer {
  const bare = (status: number, body: object): RawAnswer => ({
    status,
    headers: { 'content-type': 'text/plain' },
    body: Buffer.from(JSON.stringify(body)),
  })
  if (step.includes('/document/')) {
    return bare(200, {
      issuer: 'https://another.example/?tenant=1',
      ...(step.includes('auth-alg-present')
        ? {}
        : { token_endpoint_auth_signing_alg_values_supported: ['none'] }),
      token_endpoint_auth_methods_supported: [
        step.includes('asymmetric') ? 'client_secret_basic' : 'private_key_jwt',
      ],
      authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'],
    })
  }
  if (step.endsWith('/nonsense')) return bare(200, { active: false, sub: 'alice' })
  const refuses = /:v:.*signature|\/v-.*bare|error-shape|401-/.test(step)
  const isControl = step.includes('/control/')
  if (refuses && (!isControl || step.endsWith('/bare'))) {
    const error = step.includes(':jg:') ? 'invalid_grant' : 'invalid_client'
    return bare(401, /:v:|\/bare$/.test(step) ? {} : { error })
  }
  return bare(200, {
    access_token: `token-of-${step}`,
    expires_in: 86_400,
    refresh_token: 'r',
    active: true,
  })
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
