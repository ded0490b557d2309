/** What a target file says that Cupel starts: programs of this machine, and containers. */
import { z } from 'zod'
import type { ProcessFile } from '../model/target-file.ts'
import { slug, text } from './target-atoms.ts'

const command = z.array(z.string()).min(1)
const texts = z.record(z.string(), z.string())
const ready = z
  .strictObject({ http: text.exactOptional(), tcp: z.literal(true).exactOptional() })
  .transform(readyOf)
  .meta({ description: 'Up when its {port} answers a GET of this path, or takes a connection.' })
const readySeconds = z.number().positive().max(600)

export const started = z.strictObject({
  command: command.meta({
    description:
      'Program and arguments, run in the folder of this file. Placeholders: {port}, {name.port}, {issuer}, {clients}, {folder}.',
  }),
  env: texts.exactOptional(),
  ready: ready.exactOptional(),
  readySeconds: readySeconds.exactOptional(),
  install: text
    .meta({ description: 'What to do when the program is not installed.' })
    .exactOptional(),
})

export const contained = z.strictObject({
  image: text.meta({ description: 'Any image, such as redis:8.' }),
  command: command.meta({ description: 'In place of the image’s own.' }).exactOptional(),
  env: texts.exactOptional(),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .meta({ description: 'Where it listens within; {name.port} leads there from this machine.' }),
  networks: z
    .array(slug)
    .meta({ description: 'The networks it is on; others on them find it by its name.' })
    .exactOptional(),
  files: texts
    .meta({ description: 'Files copied into it: where they stand there, and here.' })
    .exactOptional(),
  mounts: texts
    .meta({ description: 'Files and folders that it may read: where they stand there, and here.' })
    .exactOptional(),
  ready: ready.exactOptional(),
  readySeconds: readySeconds.exactOptional(),
})

function readyOf(
  { http, tcp }: { readonly http?: string; readonly tcp?: true },
  context: z.RefinementCtx,
): NonNullable<ProcessFile['ready']> {
  if (http !== undefined && tcp === undefined) return { http }
  if (tcp !== undefined && http === undefined) return { tcp }
  context.addIssue({ code: 'custom', message: 'either http or tcp' })
  return z.NEVER
}
