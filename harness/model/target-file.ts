/** What a vendor writes to have a target asked: a target file, as it is after reading, with all defaults filled in. */
import type { Declarations, Policy } from './policy.ts'
import type { KeyFacts, Role } from './target.ts'

/** A target file. Texts may hold `{process.port}` and its like until targets/of-file.ts has chosen the ports. */
export type TargetFile = TokenEndpointFile | VerifierFile | ModuleFile

/** What every target that is asked over HTTP has. */
interface HttpFile {
  readonly name: string
  readonly issuer: string
  /** The addresses to connect to, one per node; by default one, the origin of the endpoints. */
  readonly nodes?: readonly NodeFile[]
  readonly profile?: string
  /** Parameters of the profile that are narrower for this target. */
  readonly policy?: Readonly<Partial<Policy>>
  readonly declares: Declarations
  readonly audiences: { readonly values: readonly string[]; readonly complete: boolean }
  readonly clock: ClockSource
  /** The version of HTTP that is spoken. */
  readonly http?: 1.1 | 2
  readonly tls?: TlsFile
  /** A proxy that connections are made through. */
  readonly proxy?: string
  /**
   * Where clients with a certificate of their own ask, for all their endpoints: the `mtls_endpoint_aliases` of the
   * server's metadata (RFC 8705 §5).
   */
  readonly mtlsEndpoints?: EndpointsFile
  readonly authorization?: { readonly by: string; readonly until: string }
  readonly maxRatePerSecond?: number
  readonly maxFailures?: number
  readonly canary?: number
  /** Started before the processes, which may ask them. */
  readonly containers?: Readonly<Record<string, ContainerFile>>
  readonly processes?: Readonly<Record<string, ProcessFile>>
  readonly controls?: ControlsFile
}

/** What the target may be broken with. For each act the first that can do it: ours, then Toxiproxy, then commands. */
export interface ControlsFile {
  /** The process or container that each node is, among `processes` and `containers`. */
  readonly nodes?: Readonly<Record<string, string>>
  /** The edges that a proxy of ours stands on, by edge. */
  readonly proxies?: Readonly<Record<string, ProxiedEdge>>
  /** The networks that edges are, between containers. */
  readonly networks?: Readonly<Record<string, NetworkEdge>>
  /** The container that the store is. */
  readonly store?: {
    readonly container: string
    /** It speaks Redis, so that all can be done to it that can be done to a Redis. */
    readonly redis?: true
  }
  readonly toxiproxy?: {
    readonly url: string
    /** Names of its proxies, by the edges that they stand on. */
    readonly edges: Readonly<Record<string, string>>
  }
  /** The files that libfaketime reads in each node (FAKETIME_TIMESTAMP_FILE), by node; `{folder}` is a folder of the run. */
  readonly faketime?: Readonly<Record<string, string>>
  /** What sets the clock of a node, where libfaketime does not. */
  readonly clock?: ClockCommandFile
  readonly exec?: readonly ExecFile[]
}

/** `{offsetSeconds}` is how far ahead of the time it is to be, 0 for right again; `{node}` is whose. */
export interface ClockCommandFile {
  readonly set: readonly string[]
  /** 30 when absent. */
  readonly withinSeconds?: number
}

/** An edge between two that Cupel starts, by whose texts `from` is told where to ask: `{via.TO.host}:{via.TO.port}`. */
export interface ProxiedEdge {
  readonly from: string
  readonly to: string
}

/** An edge that is there as long as a container is on a network. */
export interface NetworkEdge {
  readonly container: string
  readonly network: string
  /** Run in that container: ends with 0 while the other end is reached. */
  readonly probe: readonly string[]
}

/** A fault by commands. Each ends with 0 where it succeeded, or where what it looks for is so. */
export interface ExecFile {
  /** One of the faults with a lever, such as `link.cut`. */
  readonly fault: string
  readonly on: string
  readonly inflict: readonly string[]
  readonly confirm: readonly string[]
  readonly mend: readonly string[]
  readonly confirmMended: readonly string[]
  readonly withinSeconds?: number
}

export interface TokenEndpointFile extends HttpFile {
  readonly kind: 'token-endpoint'
  readonly endpoints: EndpointsFile & { readonly token: string }
  readonly clients: readonly ClientFile[]
  readonly grants: readonly SubjectFile[]
  /** Issuers of bearer tokens that its resource endpoint trusts besides its own. */
  readonly tokens: readonly SubjectFile[]
  readonly scope?: string
  readonly sendClientId?: boolean
}

/** A resource server: the tokens' issuer is the harness, under names that the resource server trusts. */
export interface VerifierFile extends HttpFile {
  readonly kind: 'verifier'
  readonly endpoints: { readonly resource: string }
  readonly tokens: readonly SubjectFile[]
}

/** An adapter in TypeScript or JavaScript: its `target` export (or its default one) is a Target or makes one. */
export interface ModuleFile {
  readonly kind: 'module'
  /** Relative to the target file's folder. */
  readonly adapter: string
  readonly profile?: string
  readonly authorization?: { readonly by: string; readonly until: string }
  readonly maxRatePerSecond?: number
  readonly maxFailures?: number
  readonly canary?: number
}

export interface EndpointsFile {
  readonly token?: string
  readonly introspection?: string
  readonly resource?: string
  readonly revocation?: string
  readonly par?: string
  readonly metadata?: string
}

export interface NodeFile {
  readonly name: string
  readonly url: string
  /** The name to ask for there, in Host and TLS, where it is not the one in `url`. */
  readonly host?: string
  /** Its address for clients with a certificate of their own, where that is another. */
  readonly mtls?: string
}

/** A client registered for private_key_jwt. Its name defaults to its id. */
export interface ClientFile {
  readonly name?: string
  readonly id: string
  readonly for: readonly Role[]
  readonly key: KeyFile
  /** Further keys that it is registered with, or that it publishes only (see KeyFacts). */
  readonly moreKeys?: readonly MarkedKeyFile[]
  readonly tls?: IdentityFile
  /** It is registered with a `jwks_uri`, which Cupel serves. */
  readonly publishes?: PublishesFile
}

export interface PublishesFile {
  /** The key that it goes over to. */
  readonly next: KeyInFile | KeyFromSeed
  /** Of this machine; a free one when absent. */
  readonly port?: number
}

/** Somebody whose assertions (RFC 7523 §2.1) or bearer tokens the target is set up to trust. */
export interface SubjectFile {
  readonly name?: string
  readonly issuer: string
  readonly subject: string
  readonly for: readonly Role[]
  readonly key: KeyFile
  readonly moreKeys?: readonly MarkedKeyFile[]
  readonly tls?: IdentityFile
}

export interface MarkedKeyFile extends KeyInFile {
  readonly mark?: NonNullable<KeyFacts['mark']>
}

/** Whom a party shows itself as over TLS (RFC 8705): a certificate and its key, files in PEM form. */
export interface IdentityFile {
  readonly cert: string
  readonly key: string
}

/**
 * A private key: in a file of its own (JWK or PEM), made from the seed for a target that Cupel starts itself, or elsewhere,
 * where a command or a sidecar signs with it.
 */
export type KeyFile = KeyInFile | KeyFromSeed | KeyElsewhere

export interface KeyInFile {
  readonly file: string
  readonly alg?: string
  readonly kid?: string
}

export interface KeyFromSeed {
  readonly generate: 'ES256'
  readonly kid?: string
}

/** `public` is a file with its public part (JWK or PEM). */
export type KeyElsewhere = {
  readonly public: string
  readonly alg?: string
  readonly kid?: string
} & ({ readonly command: readonly string[] } | { readonly sidecar: string })

/**
 * How a node's clock is known. `date-header`: its answers carry the time in `Date`, written by the process that judges.
 * `this-machine`: it reads the clock of the machine that Cupel runs on.
 */
export interface ClockSource {
  readonly source: 'date-header' | 'this-machine' | 'none'
}

/** Files in PEM form, relative to the target file's folder. */
export interface TlsFile {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** False takes any certificate. */
  readonly verify?: boolean
}

/** A process that Cupel starts before asking and ends afterwards. */
export interface ProcessFile {
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly ready?: { readonly http: string } | { readonly tcp: true }
  readonly readySeconds?: number
  /** What to do when the command is not installed. */
  readonly install?: string
}

/** A container that Cupel starts before asking and removes afterwards. */
export interface ContainerFile {
  readonly image: string
  /** That of the image when absent. */
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where it listens within. */
  readonly port: number
  /** Those of the run that it is on, where others of the file find it by its name. */
  readonly networks?: readonly string[]
  /** Files of this machine that are copied into it, by where they stand there. */
  readonly files?: Readonly<Record<string, string>>
  /** Files and folders of this machine that it may read where they stand there. */
  readonly mounts?: Readonly<Record<string, string>>
  readonly ready?: NonNullable<ProcessFile['ready']>
  readonly readySeconds?: number
}
