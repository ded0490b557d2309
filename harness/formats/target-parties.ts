/** Who asks, in a target file: clients and issuers, each with a key. */
import { z } from 'zod'
import type { KeyFile, KeyFromSeed, KeyInFile } from '../model/target-file.ts'
import { slug, text, url } from './target-atoms.ts'

const ROLES = ['honest', 'hostile', 'pressure', 'spare'] as const
const roles = z
  .array(z.enum(ROLES))
  .min(1)
  .meta({ description: 'What it is used for. If there is one only, [honest, hostile].' })

const HOW = 'either file (and alg), generate, or public with a command or a sidecar'

const key = z
  .strictObject({
    file: text
      .meta({ description: 'The private key as JWK or PEM, relative to this file.' })
      .exactOptional(),
    generate: z
      .literal('ES256')
      .meta({ description: 'Made from the seed; for targets on this machine only.' })
      .exactOptional(),
    command: z
      .array(text)
      .min(1)
      .meta({
        description:
          'Who signs: a program and its arguments, run for each signature in the folder of this file.',
      })
      .exactOptional(),
    sidecar: url
      .meta({ description: 'Who signs: where to POST what is to be signed.' })
      .exactOptional(),
    public: text
      .meta({ description: 'The public key of a command or sidecar, as JWK or PEM.' })
      .exactOptional(),
    alg: text
      .meta({ description: 'Its JWS algorithm, where the key does not say.' })
      .exactOptional(),
    kid: text.exactOptional(),
  })
  .transform(keyOf)
  .meta({ description: 'A private key. It never stands in this file itself.' })

const identity = z
  .strictObject({ cert: text, key: text })
  .meta({ description: 'The certificate it shows, and its key: PEM files, relative to this file.' })

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

const nextKey = z
  .strictObject({
    file: text.exactOptional(),
    generate: z.literal('ES256').exactOptional(),
    alg: text.exactOptional(),
    kid: text.exactOptional(),
  })
  .transform(ownKeyOf)
  .meta({ description: 'The key that it goes over to: file or generate.' })

const publishes = z
  .strictObject({
    next: nextKey,
    port: z
      .number()
      .int()
      .min(1)
      .max(65_535)
      .meta({ description: 'Where Cupel serves them on this machine; a free one when absent.' })
      .exactOptional(),
  })
  .meta({
    description:
      'It is registered with a jwks_uri, http://127.0.0.1:PORT/NAME, which Cupel serves; for [rotating].',
  })

export const client = z.strictObject({
  name: slug.exactOptional(),
  id: text.meta({ description: 'The client_id; iss and sub of its assertions.' }),
  for: z
    .array(z.enum([...ROLES, 'rotating']))
    .min(1)
    .meta({
      description:
        'What it is used for. If there is one only, [honest, hostile]; rotating is one that publishes its keys.',
    }),
  key,
  moreKeys: moreKeys.exactOptional(),
  tls: identity.exactOptional(),
  publishes: publishes.exactOptional(),
})

export const subject = z.strictObject({
  name: slug.exactOptional(),
  issuer: text.meta({ description: 'The iss of its assertions or tokens.' }),
  subject: text.meta({ description: 'Their sub.' }),
  for: roles,
  key,
  moreKeys: moreKeys.exactOptional(),
  tls: identity.exactOptional(),
})

interface GivenKey {
  readonly file?: string
  readonly generate?: 'ES256'
  readonly command?: readonly string[]
  readonly sidecar?: string
  readonly public?: string
  readonly alg?: string
  readonly kid?: string
}

/** One that we hold ourselves. */
function ownKeyOf(given: GivenKey, context: z.RefinementCtx): KeyInFile | KeyFromSeed {
  const { file, generate, alg, kid } = given
  const named = kid === undefined ? {} : { kid }
  if (file !== undefined && generate === undefined)
    return { file, ...named, ...(alg === undefined ? {} : { alg }) }
  if (generate !== undefined && file === undefined && alg === undefined)
    return { generate, ...named }
  context.addIssue({ code: 'custom', message: 'either file (and alg) or generate' })
  return z.NEVER
}

function keyOf(given: GivenKey, context: z.RefinementCtx): KeyFile {
  const { file, generate, command, sidecar, public: shown, alg } = given
  const ways = [file, generate, command, sidecar].filter((each) => each !== undefined)
  const named = {
    ...(given.kid === undefined ? {} : { kid: given.kid }),
    ...(alg === undefined ? {} : { alg }),
  }
  if (ways.length === 1) {
    if (file !== undefined && shown === undefined) return { file, ...named }
    if (generate !== undefined && shown === undefined && alg === undefined)
      return { generate, ...named }
    if (command !== undefined && shown !== undefined) return { command, public: shown, ...named }
    if (sidecar !== undefined && shown !== undefined) return { sidecar, public: shown, ...named }
  }
  context.addIssue({ code: 'custom', message: HOW })
  return z.NEVER
}
