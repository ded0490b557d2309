/** Target files: what a vendor writes. The schema is also published, for editors, as schema/target.schema.json. */
import { z } from 'zod'
import { timeOf } from '../clock.ts'
import type { KeyFile, ProcessFile, TargetFile } from '../model/target-file.ts'
import type { Environment } from './document.ts'
import { policySchema } from './policy.ts'
import { readText } from './read.ts'
import { targetMeaning } from './target-meaning.ts'

const HINT =
  'docs/targets.md explains every key, and an editor shows them when the file begins with ' +
  '"# yaml-language-server: $schema=" and the path of schema/target.schema.json.'

/**
 * Reads a target file.
 *
 * @param file Its name, as problems shall call it.
 * @throws {CupelError} ERR_CONFIG_INVALID with every problem, each with its line.
 */
export function parseTargetFile(
  text: string,
  file: string,
  env: Environment = process.env,
): TargetFile {
  return readText(text, file, { schema: targetSchema, meaning: targetMeaning, hint: HINT }, env)
}

/** The JSON Schema of target files, for editors. */
export function targetJsonSchema(): object {
  return z.toJSONSchema(targetSchema, { io: 'input' })
}

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, { error: 'a name of a-z, 0-9 and -' })
const text = z.string().min(1)
const seconds = z.number().min(0)
const url = z.string().refine(isHttp, { error: 'an http or https URL' }).meta({
  description: 'An http or https URL. {name.port} is the port of the process of that name.',
})

const roles = z
  .array(z.enum(['honest', 'hostile', 'pressure', 'spare']))
  .min(1)
  .meta({ description: 'What it is used for. If there is one only, [honest, hostile].' })

const key = z
  .strictObject({
    file: text
      .meta({ description: 'The private key as JWK or PEM, relative to this file.' })
      .exactOptional(),
    alg: text
      .meta({ description: 'Its JWS algorithm, where the key does not say.' })
      .exactOptional(),
    generate: z
      .literal('ES256')
      .meta({ description: 'Made from the seed; for targets on this machine only.' })
      .exactOptional(),
    kid: text.exactOptional(),
  })
  .transform(keyOf)
  .meta({ description: 'A private key. It never stands in this file itself.' })

const moreKeys = z
  .array(
    z.strictObject({
      file: text,
      alg: text.exactOptional(),
      kid: text.exactOptional(),
      mark: z
        .enum(['idle', 'weak'])
        .meta({ description: 'idle: published, and registered for nothing. weak: too short.' })
        .exactOptional(),
    }),
  )
  .meta({ description: 'Further keys of the same party, for checks of other algorithms.' })
  .exactOptional()

const client = z.strictObject({
  name: slug.exactOptional(),
  id: text.meta({ description: 'The client_id; iss and sub of its assertions.' }),
  for: roles,
  key,
  moreKeys,
})

const subject = z.strictObject({
  name: slug.exactOptional(),
  issuer: text.meta({ description: 'The iss of its assertions or tokens.' }),
  subject: text.meta({ description: 'Their sub.' }),
  for: roles,
  key,
  moreKeys,
})

const declares = z
  .strictObject({
    replay: z
      .enum(['single-use', 'not-promised'])
      .nullable()
      .default(null)
      .meta({ description: 'Whether an assertion can be used once only.' }),
    leewaySeconds: z
      .strictObject({
        grant: seconds.meta({ description: 'It accepts up to so many seconds past an edge …' }),
        refuse: seconds.meta({ description: '… and refuses from so many seconds past it on.' }),
      })
      .nullable()
      .default(null),
    maxLifetimeSeconds: z.number().positive().nullable().default(null),
    path: z
      .enum(['direct', 'unknown'])
      .default('unknown')
      .meta({ description: 'direct: nothing on the way repeats a request or answers it itself.' }),
    survives: z
      .array(text)
      .default([])
      .meta({ description: 'Faults across which it remembers what was used.' }),
    algorithms: z
      .literal('as-registered')
      .meta({ description: 'A key verifies what it is registered for, and nothing else.' })
      .exactOptional(),
    supports: z
      .array(z.enum(['dpop', 'mutual-tls', 'token-exchange', 'id-jag', 'spiffe', 'at-jwt']))
      .meta({ description: 'What it takes beyond RFC 7523, and is asked about then.' })
      .exactOptional(),
  })
  .meta({ description: 'What the target promises beyond the standard, and is held to.' })

const started = z.strictObject({
  command: z.array(z.string()).min(1).meta({
    description:
      'Program and arguments, run in the folder of this file. Placeholders: {port}, {name.port}, {issuer}, {clients}, {folder}.',
  }),
  env: z.record(z.string(), z.string()).exactOptional(),
  ready: z
    .strictObject({ http: text.exactOptional(), tcp: z.literal(true).exactOptional() })
    .transform(readyOf)
    .meta({ description: 'Up when its {port} answers a GET of this path, or takes a connection.' })
    .exactOptional(),
  readySeconds: z.number().positive().max(600).exactOptional(),
  install: text
    .meta({ description: 'What to do when the program is not installed.' })
    .exactOptional(),
})

const authorization = z
  .strictObject({
    by: text.meta({ description: 'Who allowed this.' }),
    until: z.string().refine(isDate, { error: 'a date such as 2030-12-31' }),
  })
  .meta({ description: 'Needed for a target that is not on this machine.' })

const ofRun = {
  profile: text
    .meta({ description: 'The profile to judge under, unless the run names one.' })
    .exactOptional(),
  authorization: authorization.exactOptional(),
  maxRatePerSecond: z
    .number()
    .min(1)
    .meta({ description: 'Needed for a target that is not on this machine.' })
    .exactOptional(),
}

const overHttp = {
  name: text,
  issuer: text.meta({ description: 'The issuer identifier of the authorization server.' }),
  nodes: z
    .array(z.strictObject({ name: slug, url }))
    .min(1)
    .meta({ description: 'Where to connect; without it one node, the origin of the endpoints.' })
    .exactOptional(),
  policy: policySchema.exactOptional(),
  declares: declares.prefault({}),
  audiences: z.strictObject({
    values: z.array(text).min(1).meta({ description: 'What it accepts as an audience.' }),
    complete: z.boolean().default(false).meta({ description: 'It accepts nothing else.' }),
  }),
  clock: z
    .strictObject({ source: z.enum(['date-header', 'this-machine', 'none']) })
    .default({ source: 'none' })
    .meta({
      description: 'How its clock is known; date-header where the judging process writes Date.',
    }),
  tls: z
    .strictObject({
      ca: text.exactOptional(),
      cert: text.exactOptional(),
      key: text.exactOptional(),
    })
    .meta({ description: 'PEM files, relative to this file.' })
    .exactOptional(),
  processes: z
    .record(slug, started)
    .meta({ description: 'What Cupel starts, in this order, before it asks.' })
    .exactOptional(),
  ...ofRun,
}

const tokenEndpoint = z.strictObject({
  kind: z.literal('token-endpoint'),
  ...overHttp,
  endpoints: z.strictObject({
    token: url,
    introspection: url.exactOptional(),
    resource: url.exactOptional(),
    revocation: url.exactOptional(),
    par: url.exactOptional(),
    metadata: url.exactOptional(),
  }),
  clients: z.array(client).default([]),
  grants: z
    .array(subject)
    .default([])
    .meta({ description: 'Whose assertions it takes as authorization grants (RFC 7523 §2.1).' }),
  tokens: z
    .array(subject)
    .default([])
    .meta({ description: 'Whose bearer tokens its resource endpoint trusts besides its own.' }),
  scope: text.exactOptional(),
})

const verifier = z.strictObject({
  kind: z.literal('verifier'),
  ...overHttp,
  endpoints: z.strictObject({ resource: url }),
  tokens: z.array(subject).min(1).meta({ description: 'Whose bearer tokens it trusts.' }),
})

const adapter = z.strictObject({
  kind: z.literal('module'),
  adapter: text.meta({ description: 'A module whose `target` export is a Target, or makes one.' }),
  ...ofRun,
})

const targetSchema = z.discriminatedUnion('kind', [
  tokenEndpoint,
  verifier,
  adapter,
]) satisfies z.ZodType<TargetFile>

type Refine<Given> = z.RefinementCtx<Given>

function keyOf(
  given: {
    readonly file?: string
    readonly alg?: string
    readonly generate?: 'ES256'
    readonly kid?: string
  },
  context: Refine<unknown>,
): KeyFile {
  const { file, alg, generate, kid } = given
  const named = kid === undefined ? {} : { kid }
  if (file !== undefined && generate === undefined)
    return { file, ...named, ...(alg === undefined ? {} : { alg }) }
  if (generate !== undefined && file === undefined && alg === undefined)
    return { generate, ...named }
  context.addIssue({ code: 'custom', message: 'either file (and alg) or generate' })
  return z.NEVER
}

function readyOf(
  { http, tcp }: { readonly http?: string; readonly tcp?: true },
  context: Refine<unknown>,
): NonNullable<ProcessFile['ready']> {
  if (http !== undefined && tcp === undefined) return { http }
  if (tcp !== undefined && http === undefined) return { tcp }
  context.addIssue({ code: 'custom', message: 'either http or tcp' })
  return z.NEVER
}

/** A placeholder stands where a number may, so that a port chosen later leaves a URL a URL. */
function isHttp(given: string): boolean {
  const filled = given.replaceAll(/\{[^{}]*\}/gu, '1')
  return URL.canParse(filled) && /^https?:$/u.test(new URL(filled).protocol)
}

function isDate(given: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/u.test(given) && timeOf(given) !== null
}
