/** Single requests that each answer one question: audiences and their forms, algorithms, types, and how refusals read. */
import type { Json, Usage } from '../model/plan.ts'
import type { Trial } from '../model/probe.ts'
import type { Principal, TargetFacts } from '../model/target.ts'
import { trial, type Ask, type Stimulus } from './asking.ts'

type Named = readonly [name: string, stimulus: Stimulus]

/** How an audience that is the target's own is called. */
const NAMES: Readonly<Record<string, string>> = {
  issuer: 'the issuer',
  token: 'the token endpoint',
  introspection: 'the introspection endpoint',
  par: 'the endpoint for pushed requests',
  resource: 'the resource',
}

const FOREIGN = 'https://somebody-else.example'

export function audiences(
  ask: Ask,
  { issuer, endpoints, audiences: { values } }: TargetFacts,
  right: string,
): Promise<readonly Trial[]> {
  const { token, introspection, par, resource } = endpoints
  const known = Object.entries({ issuer, token, introspection, par, resource }).filter(
    (each): each is [string, string] => each[1] !== undefined,
  )
  const listed = values.filter((value) => !known.some(([, each]) => each === value))
  return all(ask, [
    ...known.map(([name, value]) => audience(NAMES[name] ?? name, value)),
    ...listed.map((value) => audience(value, value)),
    audience('one right name, in an array', [right]),
    audience('a right name and another server', [right, FOREIGN]),
    audience('another server and a right name', [FOREIGN, right]),
    audience('the right name twice', [right, right]),
    audience('a right name with a slash behind', `${right}/`),
    audience('another server', FOREIGN),
    ['no audience', { change: { drop: ['aud'], defect: { kind: 'claim', claim: 'aud' } } }],
  ])
}

function audience(name: string, aud: Json): Named {
  return [name, { change: { set: { aud }, defect: null } }]
}

/** Those its keys are for, and no signature. */
export function algorithms(ask: Ask, { keys }: Principal): Promise<readonly Trial[]> {
  return all(ask, [
    ...keys.filter(({ mark }) => mark === undefined).map((key): Named => [key.algorithm, { key }]),
    ['none', { change: { defect: { kind: 'algorithm-none', spelling: 'none' } } }],
  ])
}

const TYPES: Readonly<Record<Usage, readonly string[]>> = {
  'client-authentication': [
    'client-authentication+jwt',
    'application/client-authentication+jwt',
    'JWT',
    'at+jwt',
  ],
  'authorization-grant': ['JWT', 'oauth-id-jag+jwt', 'at+jwt'],
  'bearer-token': ['at+jwt', 'application/at+jwt', 'JWT', 'client-authentication+jwt'],
  'dpop-proof': ['dpop+jwt', 'JWT'],
}

export function types(ask: Ask, usage: Usage): Promise<readonly Trial[]> {
  const typed = (name: string, typ: string | null): Named => [
    name,
    { change: { header: { typ }, defect: null } },
  ]
  return all(ask, [
    typed('no type', null),
    ...TYPES[usage].map((typ) => typed(typ, typ)),
    typed('x-unheard-of', 'x-unheard-of'),
  ])
}

/** How refusals are told, one for each reason. Last of all: some servers lock out who sends these. */
export function errors(ask: Ask, usage: Usage): Promise<readonly Trial[]> {
  const claims = usage === 'bearer-token' ? [] : (['iss'] as const)
  return all(ask, [
    ['expired', { change: { set: { exp: { $now: -86_400 } }, defect: null } }],
    ['another server’s', { change: { set: { aud: FOREIGN }, defect: null } }],
    ...claims.map((claim): Named => [
      `without ${claim}`,
      { change: { drop: [claim], defect: null } },
    ]),
    ['a wrong signature', { change: { defect: { kind: 'signature-bit', bit: 0 } } }],
    ['not signed', { change: { defect: { kind: 'signature-empty' } } }],
  ])
}

async function all(ask: Ask, named: readonly Named[]): Promise<readonly Trial[]> {
  const told = await ask(named.map(([, stimulus]) => stimulus))
  return named.map(([name], index) => trial(name, told[index]))
}
