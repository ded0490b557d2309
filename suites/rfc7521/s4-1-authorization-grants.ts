/** RFC 7521 section 4.1: an assertion as a grant, and what comes of it. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, GRANT, refused, told, UNCHANGED } from '../draft.ts'

const assertionMissing: Check = {
  id: 'rfc7521/4.1/assertion-missing',
  title: 'A grant without its assertion is refused',
  section: 'RFC 7521 §4.1; RFC 6749 §5.2',
  level: 'must',
  requirement: 'A request for the grant must bring the assertion that is the grant.',
  usages: GRANT,
  finding: 'request/assertion-missing-accepted',
  cases: [
    refused(
      'absent',
      { defect: { kind: 'request', form: 'assertion-missing' } },
      'the assertion was left out',
      {
        http: { parts: { assertion: 'omitted' } },
        errors: ['invalid_request', 'invalid_grant'],
      },
    ),
    refused(
      'empty',
      { defect: { kind: 'request', form: 'assertion-missing' } },
      'the assertion was sent without a value, which is as if it had not been sent',
      { http: { parts: { assertion: 'empty' } }, errors: ['invalid_request', 'invalid_grant'] },
    ),
  ],
}

const scopeExceeds: Check = {
  id: 'rfc7521/4.1/scope-exceeds',
  title: 'A scope that was never granted',
  section: 'RFC 7521 §4.1; RFC 6749 §3.3',
  level: 'may',
  requirement:
    'A scope beyond what was granted is refused, or left out of what is issued; which scopes there are is the server’s own affair.',
  usages: GRANT,
  finding: 'request/scope-exceeded',
  cases: [
    told('nobodys', UNCHANGED, 'only the server knows what it would grant', {
      form: { set: { scope: 'cupel:never-granted-to-anybody' } },
    }),
  ],
}

const clientAuthentication: Check = {
  id: 'rfc7521/4.1/client-auth-absent',
  title: 'A grant that no client vouches for',
  section: 'RFC 7521 §4.1; RFC 7523 §3.1',
  level: 'may',
  requirement: 'Whether a client must authenticate beside a grant is the server’s policy.',
  usages: GRANT,
  finding: 'identity/client-missing-accepted',
  cases: [
    told('alone', UNCHANGED, 'a server may insist on knowing the client', {
      http: { parts: { client_assertion: 'omitted' } },
    }),
  ],
}

const tokenLifetime: Check = {
  id: 'rfc7521/4.1/token-lifetime',
  title: 'A token does not outlive its grant by far',
  section: 'RFC 7521 §4.1',
  level: 'should',
  requirement:
    'A token ought not to be good for much longer than the assertion that it was issued for.',
  usages: GRANT,
  finding: 'tokens/outlives-assertion',
  cases: [
    accepted('half-a-minute', { set: { exp: { $now: 30 } }, defect: null }, 'it is right', {
      faults: { 'outlives-assertion': 'tokens/outlives-assertion' },
    }),
  ],
}

const refreshToken: Check = {
  id: 'rfc7521/4.1/refresh-token',
  title: 'A grant need not come with a refresh token',
  section: 'RFC 7521 §4.1',
  level: 'advisory',
  requirement: 'Whoever holds an assertion can ask again, so a refresh token is seldom needed.',
  usages: GRANT,
  finding: 'tokens/refresh-issued',
  cases: [
    accepted('control', UNCHANGED, 'it is right', {
      faults: { 'refresh-token': 'tokens/refresh-issued' },
    }),
  ],
}

const reuse: Check = {
  id: 'rfc7521/4.1/reuse-valid',
  title: 'A grant that is still good, once more',
  section: 'RFC 7521 §4.1',
  level: 'may',
  requirement: 'A client may ask for a new token with the same assertion while that is good.',
  usages: GRANT,
  finding: 'replay/accepted-sequentially',
  cases: [
    {
      name: 'after-the-first-answer',
      steps: [{ name: 'first' }, { name: 'again', parts: [{ kind: 'again', step: 'first' }] }],
      expects: [
        { step: 'first', deserves: 'accept', because: 'it is the control' },
        {
          step: 'again',
          deserves: 'either',
          because: 'the framework names reuse as one way to a new token',
        },
      ],
    },
  ],
}

export const section41: readonly Check[] = [
  assertionMissing,
  scopeExceeds,
  clientAuthentication,
  tokenLifetime,
  refreshToken,
  reuse,
]
