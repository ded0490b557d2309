/** The target that a target file describes. */
import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { machineClock } from '../harness/clock.ts'
import { CupelError } from '../harness/errors.ts'
import type { Json } from '../harness/model/plan.ts'
import type {
  ModuleFile,
  TargetFile,
  TokenEndpointFile,
  VerifierFile,
} from '../harness/model/target-file.ts'
import type { Random, Session, Signer, Site, Target, TargetFacts } from '../harness/model/target.ts'
import { absent } from './absent.ts'
import { assertAuthorised } from './authorised.ts'
import { startContained } from './contained.ts'
import { openControls } from './controls.ts'
import { edgesOf, type Edges } from './edges.ts'
import { openHttp, type HttpPlace } from './http.ts'
import { faketimeLibrary } from './levers/faketime.ts'
import { addressesOf, placeOf } from './place.ts'
import { assertKeysApart, clientParty, subjectParty, type Party } from './parties.ts'
import { filled, freePorts } from './ports.ts'
import { startPrograms, type Program } from './process.ts'
import { publishingOf, type Publishing } from './publishing.ts'
import { signerElsewhere, type SignerPlace } from './signers.ts'
import { read } from './answer.ts'
import { present } from './request.ts'

type HttpFile = TokenEndpointFile | VerifierFile

/**
 * Makes a target of its file. Nothing is started or asked before `open`, but ports are chosen, since they are part of
 * what the target is called.
 *
 * @param path Of the target file; what it names is relative to its folder.
 * @throws {CupelError} ERR_NOT_AUTHORISED for a target elsewhere without leave; ERR_CONFIG_INVALID for a key, certificate
 *   or adapter that cannot be used.
 */
export async function targetOfFile(
  file: TargetFile,
  path: string,
  random: Random,
): Promise<Target> {
  if (file.kind === 'module') return targetOfModule(file, path, random)
  const folder = dirname(resolve(path))
  const ports = await freePorts(
    [file.containers, file.processes].flatMap((started) => Object.keys(started ?? {})),
  )
  const known = filled(
    file,
    new Map([...ports].map(([name, port]) => [`${name}.port`, String(port)])),
  )
  const parties = await partiesOf(known, folder, random)
  assertKeysApart(parties)
  const place = await placeOf(known, folder)
  const addresses = [...addressesOf(known, place), ...sidecarsOf(parties)]
  const seeded = parties.filter((party) => party.seeded).map(({ principal }) => principal.name)
  assertAuthorised(addresses, known, seeded, machineClock().nowUs())
  const facts = factsOf(known, parties, place)
  return {
    facts,
    keys: Object.fromEntries(
      parties.flatMap(({ principal, key, more }) =>
        principal.keys.map(({ name }, index) => [name, [key, ...more][index] ?? key]),
      ),
    ),
    speaks: 'jwt',
    present: present(facts),
    read,
    open: async (site) => {
      const publishing = await publishingOf(known, parties)
      const session = await open(site, place, known, { folder, ports, publishing })
      return { ...session, signers: signersOf(parties, { folder, site }) }
    },
  }
}

/** What is sent there is what a target will be sent. */
function sidecarsOf(parties: readonly Party[]): readonly string[] {
  return parties.flatMap(({ elsewhere }) =>
    elsewhere !== null && 'sidecar' in elsewhere ? [elsewhere.sidecar] : [],
  )
}

/** By name of the key. */
function signersOf(parties: readonly Party[], place: SignerPlace): ReadonlyMap<string, Signer> {
  return new Map(
    parties.flatMap(({ principal, key, elsewhere }): [string, Signer][] =>
      elsewhere === null
        ? []
        : [[principal.keys[0]?.name ?? '', signerElsewhere(elsewhere, key, place)]],
    ),
  )
}

interface Opening {
  readonly folder: string
  readonly ports: ReadonlyMap<string, number>
  readonly publishing: Publishing
}

async function open(
  site: Site,
  place: HttpPlace,
  file: HttpFile,
  opening: Opening,
): Promise<Session> {
  const { folder, publishing } = opening
  const { processes = {} } = file
  const library = faketimeLibrary()
  // An image may bring its own, of which nothing is known here but what its clock shows.
  const wantsLibrary = JSON.stringify([processes, file.containers]).includes('{faketime}')
  const edges = edgesOf(site, file, opening.ports)
  const fill = await filling(site, file, { ...opening, edges, library })
  if (place.tls?.verify === false)
    site.note(
      'The target’s certificate is not verified (tls.verify: false): anybody may answer for it.',
    )
  const ends: (() => Promise<void>)[] = [() => edges.close(), () => publishing.close()]
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end()
  }
  try {
    const started = await startContained(site, file, {
      folder,
      fill,
      edges,
      open: (host) => edges.open(host).then(() => publishing.open(host)),
      asksHost: (name) => publishing.isWanted || edges.isAsker(name),
    })
    ends.push(() => started.close())
    if (started.missing !== null) {
      await close()
      return absent([...place.nodes.keys()], started.missing)
    }
    const programs = Object.entries(processes).map(([name, process]): Program => {
      const { port, values } = fill(name)
      return { name, port, folder, file: filled(process, values) }
    })
    const running = await startPrograms(site, programs)
    ends.push(() => running.stop())
    const levers = openControls(site, file.controls ?? {}, {
      folder,
      running,
      lacksFaketime: wantsLibrary && library === null,
      containers: started,
      proxies: edges.lever(),
      keys: publishing.lever(),
      ...(started.storeActs === null ? {} : { storeActs: started.storeActs }),
    })
    ends.push(() => levers.close())
    const session = await openHttp(site, place, close)
    return { ...session, ...levers.over(session), ...publishing.counters() }
  } catch (error) {
    await close()
    throw error
  }
}

/** The values of the placeholders of what is started, once what they name is written. */
async function filling(
  site: Site,
  { processes = {}, containers = {}, issuer }: HttpFile,
  {
    ports,
    publishing,
    edges,
    library,
  }: Opening & { readonly edges: Edges; readonly library: string | null },
): Promise<(name: string) => { readonly port: number; readonly values: Map<string, string> }> {
  const written = async (name: string, told: Json): Promise<string> => {
    const path = join(site.folder, name)
    await writeFile(path, JSON.stringify(told, null, 2))
    return path
  }
  const [here, within] = [processes, containers].map((started) => Object.keys(started).length > 0)
  const file = here ? await written('clients.json', publishing.registration(false)) : ''
  const inside = within
    ? await written('clients-of-containers.json', publishing.registration(true))
    : ''
  return (name) => {
    const port = ports.get(name) ?? 0
    const own = {
      name,
      port: String(containers[name]?.port ?? port),
      issuer,
      clients: Object.hasOwn(containers, name) ? inside : file,
      folder: site.folder,
      faketime: library ?? '',
    }
    return { port, values: new Map([...Object.entries(own), ...edges.valuesFor(name)]) }
  }
}

async function partiesOf(
  file: HttpFile,
  folder: string,
  random: Random,
): Promise<readonly Party[]> {
  const clients = file.kind === 'verifier' ? [] : file.clients
  const grants = file.kind === 'verifier' ? [] : file.grants
  const from = { folder, random }
  return Promise.all([
    ...clients.map((client) => clientParty(client, from)),
    ...grants.map((each, index) =>
      subjectParty('authorization-grant', each, `grant-${index + 1}`, from),
    ),
    ...file.tokens.map((each, index) =>
      subjectParty('bearer-token', each, `token-${index + 1}`, from),
    ),
  ])
}

function factsOf(file: HttpFile, parties: readonly Party[], place: HttpPlace): TargetFacts {
  const principals = parties.map(({ principal }) => principal)
  return {
    name: file.name,
    kind: file.kind,
    usages: [...new Set(principals.map(({ usage }) => usage))],
    issuer: file.issuer,
    endpoints: file.endpoints,
    ...(file.mtlsEndpoints === undefined ? {} : { mtlsEndpoints: file.mtlsEndpoints }),
    audiences: file.audiences,
    declares: file.declares,
    principals,
    nodes: [...place.nodes.keys()],
    scope: file.kind === 'verifier' ? null : (file.scope ?? null),
    ...(file.kind === 'token-endpoint' && file.sendClientId === true
      ? { sendsClientId: true }
      : {}),
    ...(file.policy === undefined ? {} : { policy: file.policy }),
    ...ofRun(file),
  }
}

function ofRun(file: TargetFile): Partial<TargetFacts> {
  const { profile, maxRatePerSecond, maxFailures, canary } = file
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(maxRatePerSecond === undefined ? {} : { maxPerSecond: maxRatePerSecond }),
    ...(maxFailures === undefined ? {} : { maxFailures }),
    ...(canary === undefined ? {} : { canary }),
  }
}

/** An adapter gets all it needs as arguments, so that it stands alone wherever it lies. */
async function targetOfModule(file: ModuleFile, path: string, random: Random): Promise<Target> {
  const address = pathToFileURL(resolve(dirname(resolve(path)), file.adapter)).href
  const refused = (what: string, cause?: unknown): CupelError =>
    new CupelError('ERR_CONFIG_INVALID', `the adapter ${file.adapter} ${what}`, {
      hint: 'It exports `target`: a Target, or a function that takes a Random and gives one.',
      cause,
    })
  const module: unknown = await import(address).catch((cause: unknown) => {
    throw refused('cannot be loaded', cause)
  })
  const given = exported(module, 'target') ?? exported(module, 'default')
  const target: unknown = typeof given === 'function' ? await given(random) : given
  if (!isTarget(target)) throw refused('exports no target')
  assertAuthorised(Object.values(target.facts.endpoints), file, [], machineClock().nowUs())
  return {
    facts: { ...target.facts, ...ofRun(file) },
    keys: target.keys,
    speaks: target.speaks,
    // Called on the target itself, which may be an instance of a class.
    present: (step, made) => target.present(step, made),
    read: (raw, endpoint, tag) => target.read(raw, endpoint, tag),
    open: (site) => target.open(site),
  }
}

function exported(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
}

function isTarget(value: unknown): value is Target {
  const facts = exported(value, 'facts')
  return (
    ['present', 'read', 'open'].every((name) => typeof exported(value, name) === 'function') &&
    ['endpoints', 'principals', 'nodes'].every(
      (name) => typeof exported(facts, name) === 'object',
    ) &&
    ['jwt', 'truth'].some((speaks) => speaks === exported(value, 'speaks'))
  )
}
