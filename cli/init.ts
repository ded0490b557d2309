/** `cupel init`. */
import { init, type Initialised } from '../api/init.ts'
import type { InitRequest } from '../api/init-request.ts'
import { quoted } from '../reports/again.ts'
import { told } from '../reports/escape.ts'
import { columns, wrap, WIDTH } from '../reports/layout.ts'
import { show } from './tell.ts'

export interface InitCommandOptions {
  readonly endpoint?: string
  readonly issuer?: string
  readonly audience: readonly string[]
  readonly clientId: readonly string[]
  readonly algorithm: string
  readonly name?: string
  readonly scope?: string
  readonly replay?: string
  readonly authorizedBy?: string
  readonly authorizedUntil?: string
  readonly maxRate?: number
  readonly json: boolean
}

/** @returns 0: whatever is wrong is thrown, and nothing is written then. */
export async function initCommand(folder: string, options: InitCommandOptions): Promise<number> {
  const made: Initialised = await init(requestOf(folder, options))
  if (options.json) console.log(JSON.stringify({ format: 1, ...made }, null, 2))
  else show((_, columnsKnown = WIDTH) => initText(made, Math.min(columnsKnown, WIDTH)))
  return 0
}

function requestOf(folder: string, options: InitCommandOptions): InitRequest {
  const { audience, clientId, algorithm, replay, authorizedBy, authorizedUntil } = options
  const { endpoint, issuer, name, scope, maxRate } = options
  return {
    folder,
    audiences: audience,
    clientIds: clientId,
    algorithm,
    ...(replay === undefined ? {} : { replay }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(name === undefined ? {} : { name }),
    ...(scope === undefined ? {} : { scope }),
    ...(authorizedBy === undefined ? {} : { by: authorizedBy }),
    ...(authorizedUntil === undefined ? {} : { until: authorizedUntil }),
    ...(maxRate === undefined ? {} : { maxRate }),
  }
}

/** What lies where, and what to do next, in the order in which it has to be done. */
function initText(
  { file, files, endpoint, algorithm, clients }: Initialised,
  width: number,
): string {
  const ids = clients.map(({ id }) => id)
  const last = ids.length > 1 ? ` and ${ids.at(-1)}` : ''
  const all = ids.length > 1 ? `${ids.slice(0, -1).join(', ')}${last}` : ids.join('')
  const steps: readonly (readonly string[])[] = [
    [
      `Register ${told(all)} with the server for private_key_jwt and ${algorithm}, each with its JWKS.`,
    ],
    [
      `Read ${told(file)}, and say under declares what the server promises: it is held to that, and to replays only if you say so.`,
    ],
    [
      `cupel doctor --target ${quoted(file)}`,
      `asks ${told(endpoint)} for one token as each of them.`,
    ],
    [`cupel run --target ${quoted(file)}`],
  ]
  const rows = columns(files.map(({ path, what }) => [told(path), told(what)]))
  const isNarrow = rows.some((row) => row.length > width)
  return [
    'Written',
    ...(isNarrow
      ? files.flatMap(({ path, what }) => [
          `  ${told(path)}`,
          ...wrap(told(what), '    ', { width }),
        ])
      : rows),
    '',
    'Next',
    ...steps.flatMap(([first = '', ...more], index) => [
      ...wrap(`${index + 1}. ${first}`, '  ', { width, hang: 3 }),
      ...more.flatMap((line) => wrap(line, '     ', { width })),
    ]),
  ].join('\n')
}
