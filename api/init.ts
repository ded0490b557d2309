/** A target file, keys and what is to be registered of them, for a server that has none of it yet. Nobody is asked. */
import { lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { machineClock } from '../harness/clock.ts'
import { CupelError } from '../harness/errors.ts'
import { newTargetText, type NewTarget } from '../harness/formats/new-target.ts'
import { parseTargetFile } from '../harness/formats/target.ts'
import { freshKey } from '../harness/jwt/fresh-key.ts'
import { publicJwk, type PrivateJwk } from '../harness/jwt/keys.ts'
import { assertAuthorised } from '../targets/authorised.ts'
import {
  clientsFor,
  isHere,
  problemsOf,
  type InitClient,
  type InitRequest,
} from './init-request.ts'
import { SCHEMAS } from './version.ts'

export interface Initialised {
  /** The target file. */
  readonly file: string
  /** All that was written, with what it is for, the target file first. */
  readonly files: readonly { readonly path: string; readonly what: string }[]
  readonly endpoint: string
  readonly algorithm: string
  readonly clients: readonly (InitClient & { readonly jwks: string })[]
}

interface NewFile {
  readonly path: string
  readonly what: string
  readonly text: string
  /** Its owner alone may read it. */
  readonly secret?: true
}

/** In requests a second, for a server elsewhere where nothing else is said: slow enough for any that is in use. */
const DEFAULT_RATE = 10

/**
 * Writes all of it, or nothing. What is there already is never touched.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID with every problem there is, of what was asked for and of the folder.
 */
export async function init(request: InitRequest): Promise<Initialised> {
  const { folder } = request
  const clients = clientsFor(request.clientIds)
  const wanted = problemsOf(request, clients)
  const paths = pathsOf(folder, clients)
  const problems = [...wanted, ...(await inTheWay(Object.values(paths).flat()))]
  if (problems.length > 0) throw invalid(problems)
  const target = newTarget(request, clients)
  const text = newTargetText(target)
  // What is written has to be readable: what nobody thought of shows before anything lies on the disk.
  const parsed = parseTargetFile(text, paths.target, {})
  assertAuthorised([target.endpoint], parsed, [], machineClock().nowUs())
  const keys = await Promise.all(clients.map(() => freshKey(request.algorithm)))
  const files = filesOf(paths, { text, target, clients, keys })
  await writeAll(files)
  return {
    file: paths.target,
    files: files.map(({ path, what }) => ({ path, what })),
    endpoint: target.endpoint,
    algorithm: request.algorithm,
    clients: clients.map((client, index) => ({ ...client, jwks: paths.jwks[index] ?? '' })),
  }
}

interface Paths {
  readonly target: string
  readonly registration: string
  readonly ignored: string
  readonly jwks: readonly string[]
  readonly keys: readonly string[]
}

function pathsOf(folder: string, clients: readonly InitClient[]): Paths {
  return {
    target: join(folder, 'target.yaml'),
    registration: join(folder, 'clients.json'),
    ignored: join(folder, 'keys', '.gitignore'),
    jwks: clients.map(({ file }) => join(folder, 'jwks', `${file}.json`)),
    keys: clients.map(({ file }) => join(folder, 'keys', `${file}.jwk`)),
  }
}

function newTarget(request: InitRequest, clients: readonly InitClient[]): NewTarget {
  const { endpoint = '', issuer = '', audiences, by, until, maxRate } = request
  const here = isHere(request)
  return {
    name: request.name ?? new URL(endpoint).host,
    issuer,
    endpoint,
    audiences: audiences.length === 0 ? [issuer] : audiences,
    clients: clients.map((each) => ({ ...each, keyFile: `keys/${each.file}.jwk` })),
    scope: request.scope ?? null,
    replay: request.replay ?? null,
    clock: here ? 'this-machine' : 'none',
    authorization: by === undefined || until === undefined ? null : { by, until },
    maxRatePerSecond: maxRate ?? (here ? null : DEFAULT_RATE),
    schema: relative(resolve(request.folder), join(SCHEMAS, 'target.schema.json'))
      .split(sep)
      .join('/'),
  }
}

interface Content {
  readonly text: string
  readonly target: NewTarget
  readonly clients: readonly InitClient[]
  readonly keys: readonly PrivateJwk[]
}

function filesOf(paths: Paths, { text, target, clients, keys }: Content): readonly NewFile[] {
  const jwks = keys.map((key) => ({ keys: [publicJwk(key)] }))
  const registration = {
    issuer: target.issuer,
    clients: clients.map(({ id }, index) => ({
      client_id: id,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: keys[index]?.['alg'],
      grant_types: ['client_credentials'],
      ...(target.scope === null ? {} : { scope: target.scope }),
      jwks: jwks[index],
    })),
  }
  return [
    { path: paths.target, what: 'whom to ask, as whom, and what is promised', text },
    {
      path: paths.registration,
      what: 'all clients to register, with their public keys (RFC 7591)',
      text: json(registration),
    },
    ...clients.map(({ id }, index) => ({
      path: paths.jwks[index] ?? '',
      what: `the JWKS of ${id}, to register`,
      text: json(jwks[index]),
    })),
    ...clients.map(({ id }, index) => ({
      path: paths.keys[index] ?? '',
      what: `the private key of ${id}, for you alone`,
      text: json(keys[index]),
      secret: true as const,
    })),
    { path: paths.ignored, what: 'keeps the keys out of a repository', text: '*\n' },
  ]
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function inTheWay(paths: readonly string[]): Promise<readonly string[]> {
  const there = await Promise.all(
    paths.map((path) =>
      lstat(path).then(
        () => true,
        () => false,
      ),
    ),
  )
  return paths
    .filter((_, index) => there[index])
    .map((path) => `${path}: is there already, and nothing is overwritten`)
}

async function writeAll(files: readonly NewFile[]): Promise<void> {
  const written: string[] = []
  try {
    for (const { path, text, secret } of files) {
      await mkdir(dirname(path), { recursive: true })
      // Whoever puts a file or a link there meanwhile is not written over or followed, either.
      await writeFile(path, text, { flag: 'wx', mode: secret === true ? 0o600 : 0o644 })
      written.push(path)
    }
  } catch (cause) {
    for (const path of written) await rm(path, { force: true })
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CupelError('ERR_CONFIG_INVALID', `cannot write there: ${why}`, {
      cause,
      hint: 'Name a folder that may be written to: cupel init FOLDER.',
    })
  }
}

function invalid(problems: readonly string[]): CupelError {
  return new CupelError('ERR_CONFIG_INVALID', problems.join('\n'), {
    hint: 'Nothing was written. `cupel init --help` explains every option.',
  })
}
