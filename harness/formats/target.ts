/** Target files: what a vendor writes. The schema is also published, for editors, as schema/target.schema.json. */
import { z } from 'zod'
import { timeOf } from '../clock.ts'
import type { TargetFile } from '../model/target-file.ts'
import type { Environment } from './document.ts'
import { unknownFaults, type KnownFaults } from './known-faults.ts'
import { policySchema } from './policy.ts'
import type { Problem } from './problems.ts'
import { readText } from './read.ts'
import { slug, text, url } from './target-atoms.ts'
import { controls } from './target-controls.ts'
import { contained, started } from './target-started.ts'
import { targetMeaning } from './target-meaning.ts'
import { client, subject } from './target-parties.ts'

const HINT =
  'docs/targets.md explains every key, and an editor shows them when the file begins with ' +
  '"# yaml-language-server: $schema=" and the path of schema/target.schema.json.'

/**
 * Reads a target file.
 *
 * @param file Its name, as problems shall call it.
 * @param faults The names of those that there are.
 * @throws {CupelError} ERR_CONFIG_INVALID with every problem, each with its line.
 */
export function parseTargetFile(
  given: string,
  file: string,
  env: Environment = process.env,
  faults?: KnownFaults,
): TargetFile {
  const meaning = (value: unknown): readonly Problem[] => [
    ...targetMeaning(value),
    ...unknownFaults(value, ['controls', 'exec'], faults),
  ]
  return readText(given, file, { schema: targetSchema, meaning, hint: HINT }, env)
}

/** The JSON Schema of target files, for editors. */
export function targetJsonSchema(): object {
  return z.toJSONSchema(targetSchema, { io: 'input' })
}

const seconds = z.number().min(0)
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
    propagationSeconds: z
      .strictObject({
        newKey: z.number().positive().exactOptional(),
        removedKey: z.number().positive().exactOptional(),
        revoked: z.number().positive().exactOptional(),
        revokedToken: z.number().positive().exactOptional(),
      })
      .meta({
        description:
          'How long after a key was published it is taken, and how long after it was removed, or its client or the token itself revoked, no longer.',
      })
      .exactOptional(),
    remembersAcross: z
      .array(z.enum(['token', 'introspection', 'revocation', 'par']))
      .min(2)
      .meta({ description: 'Endpoints of which each refuses what another has accepted.' })
      .exactOptional(),
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
  maxFailures: z
    .int()
    .min(1)
    .meta({ description: 'How many requests may fail before nothing more is sent.' })
    .exactOptional(),
  canary: z
    .int()
    .min(1)
    .meta({
      description:
        'How many honest requests go ahead of each round: fewer than half let in, and nothing more is sent.',
    })
    .exactOptional(),
}

const node = z.strictObject({
  name: slug,
  url,
  host: text
    .meta({
      description: 'The name to ask for there, in Host and TLS; by default that of its url.',
    })
    .exactOptional(),
  mtls: url
    .meta({ description: 'Its address for clients with a certificate of their own.' })
    .exactOptional(),
})

const overHttp = {
  name: text,
  issuer: text.meta({ description: 'The issuer identifier of the authorization server.' }),
  nodes: z
    .array(node)
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
      verify: z
        .boolean()
        .meta({ description: 'false takes any certificate; true when absent.' })
        .exactOptional(),
    })
    .meta({ description: 'PEM files, relative to this file.' })
    .exactOptional(),
  http: z
    .literal([1.1, 2])
    .meta({ description: 'The version of HTTP that is spoken: 1.1, the default, or 2.' })
    .exactOptional(),
  proxy: url.meta({ description: 'A proxy that connections are made through.' }).exactOptional(),
  mtlsEndpoints: z
    .strictObject({
      token: url.exactOptional(),
      introspection: url.exactOptional(),
      resource: url.exactOptional(),
    })
    .meta({ description: 'Where clients with a certificate of their own ask (RFC 8705 §5).' })
    .exactOptional(),
  containers: z
    .record(slug, contained)
    .meta({ description: 'Containers that Cupel starts, in this order, before the processes.' })
    .exactOptional(),
  processes: z
    .record(slug, started)
    .meta({ description: 'What Cupel starts, in this order, before it asks.' })
    .exactOptional(),
  controls: controls.exactOptional(),
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
  sendClientId: z.boolean().exactOptional().meta({
    description:
      'Sends client_id beside each client assertion, for servers that ask for it; RFC 7521 §4.2 makes it optional.',
  }),
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

function isDate(given: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/u.test(given) && timeOf(given) !== null
}
