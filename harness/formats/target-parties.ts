/** Who asks, in a target file: clients and issuers, each with a key. */
import { z } from 'zod'
import type { KeyFile } from '../model/target-file.ts'
import { slug, text, url } from './target-atoms.ts'

const roles = z
  .array(z.enum(['honest', 'hostile', 'pressure', 'spare']))
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

export const client = z.strictObject({
  name: slug.exactOptional(),
  id: text.meta({ description: 'The client_id; iss and sub of its assertions.' }),
  for: roles,
  key,
  moreKeys: moreKeys.exactOptional(),
  tls: identity.exactOptional(),
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
