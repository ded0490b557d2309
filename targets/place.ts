/** Where a target file says that its target is reached: addresses, certificates, proxy. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import type {
  IdentityFile,
  TlsFile,
  TokenEndpointFile,
  VerifierFile,
} from '../harness/model/target-file.ts'
import type { HttpWay, TlsOptions } from '../harness/model/target.ts'
import type { Addresses, HttpPlace, Identity } from './http.ts'

type HttpFile = TokenEndpointFile | VerifierFile

/**
 * @param folder What the file names is relative to it.
 * @throws {CupelError} ERR_CONFIG_INVALID for a certificate or key that cannot be read.
 */
export async function placeOf(file: HttpFile, folder: string): Promise<HttpPlace> {
  const address = new URL(file.kind === 'verifier' ? file.endpoints.resource : file.endpoints.token)
  const hosts = (file.nodes ?? []).flatMap(({ name, host }) =>
    host === undefined ? [] : [[name, host] as const],
  )
  const aliases = aliasesOf(file)
  return {
    ...addressed(
      new URL(address.origin),
      nodesBy(file, ({ url }) => url),
    ),
    ...(aliases === null ? {} : { aliases }),
    tls: file.tls === undefined ? null : await tlsOf(file.tls, folder),
    way: wayOf(file),
    hosts: new Map(hosts),
    identities: await identitiesOf(file, folder),
    clock: file.clock.source,
    probePath: address.pathname + address.search,
  }
}

/** Every address that anything is sent to, also the public ones that a tunnel or a proxy may lead to. */
export function addressesOf(file: HttpFile, place: HttpPlace): readonly string[] {
  const { nodes, aliases, way } = place
  return [
    ...Object.values(file.endpoints),
    ...Object.values(file.mtlsEndpoints ?? {}),
    ...[...nodes.values(), ...(aliases?.nodes.values() ?? [])].map(String),
    ...(way?.proxy === undefined ? [] : [way.proxy.origin]),
  ]
}

function wayOf({ http, proxy }: HttpFile): HttpWay {
  return {
    ...(http === undefined ? {} : { http }),
    ...(proxy === undefined ? {} : { proxy: new URL(proxy) }),
  }
}

/** Those of its clients that show a certificate are sent elsewhere only where the file says to. */
function aliasesOf(file: HttpFile): Addresses | null {
  const { token, introspection, resource } = file.mtlsEndpoints ?? {}
  const alias = token ?? introspection ?? resource
  return alias === undefined
    ? null
    : addressed(
        new URL(new URL(alias).origin),
        nodesBy(file, ({ mtls }) => mtls),
      )
}

type NodeFile = NonNullable<HttpFile['nodes']>[number]

function nodesBy(
  { nodes = [] }: HttpFile,
  address: (node: NodeFile) => string | undefined,
): readonly (readonly [string, URL])[] {
  return nodes.flatMap((node) => {
    const given = address(node)
    return given === undefined ? [] : [[node.name, new URL(given)] as const]
  })
}

/** Without nodes of its own, what stands in front is the one there is; one node stands in front of itself. */
function addressed(front: URL, nodes: readonly (readonly [string, URL])[]): Addresses {
  const [only, ...others] = nodes
  if (only === undefined) return { front, nodes: new Map([['node-1', front]]) }
  return { front: others.length === 0 ? only[1] : front, nodes: new Map(nodes) }
}

async function tlsOf(
  { ca, cert, key, verify = true }: TlsFile,
  folder: string,
): Promise<TlsOptions> {
  const pem = async (member: string, file: string | undefined): Promise<Partial<TlsOptions>> =>
    file === undefined ? {} : { [member]: await pemIn(file, `tls.${member}`, folder) }
  const texts = await Promise.all([pem('ca', ca), pem('cert', cert), pem('key', key)])
  return { ...texts[0], ...texts[1], ...texts[2], verify }
}

async function identitiesOf(
  file: HttpFile,
  folder: string,
): Promise<ReadonlyMap<string, Identity>> {
  const owners = namedParties(file).flatMap(([name, tls]) =>
    tls === undefined ? [] : [{ name, tls }],
  )
  return new Map(
    await Promise.all(
      owners.map(async ({ name, tls }): Promise<[string, Identity]> => {
        const of = `tls of ${name}`
        const [cert, key] = await Promise.all([
          pemIn(tls.cert, of, folder),
          pemIn(tls.key, of, folder),
        ])
        return [name, { cert, key }]
      }),
    ),
  )
}

/** By the names that parties.ts gives them. */
function namedParties(
  file: HttpFile,
): readonly (readonly [name: string, tls: IdentityFile | undefined])[] {
  const clients = file.kind === 'verifier' ? [] : file.clients
  const grants = file.kind === 'verifier' ? [] : file.grants
  return [
    ...clients.map(({ name, id, tls }) => [name ?? id, tls] as const),
    ...grants.map(({ name, tls }, index) => [name ?? `grant-${index + 1}`, tls] as const),
    ...file.tokens.map(({ name, tls }, index) => [name ?? `token-${index + 1}`, tls] as const),
  ]
}

async function pemIn(file: string, what: string, folder: string): Promise<string> {
  try {
    return await readFile(resolve(folder, file), 'utf8')
  } catch (cause) {
    throw new CupelError('ERR_CONFIG_INVALID', `${what}: ${file} cannot be read`, {
      hint: 'A PEM file, its path relative to the target file.',
      cause,
    })
  }
}
