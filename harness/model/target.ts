/** Who is asked. A target turns steps into messages and answers into facts; both pure, apart from the wire. */
import type { Json, Step, Usage } from './plan.ts'
import type { Answer, NoAnswer } from './history.ts'
import type { Declarations, Policy } from './policy.ts'
import type { Controls } from './controls.ts'

export interface KeyFacts {
  /** Unique among the target's keys. */
  readonly name: string
  readonly algorithm: string
  readonly kid: string
  /**
   * `idle` is published by its party and registered for nothing; `weak` is registered and shorter than documents allow.
   * Neither is ever a control's.
   */
  readonly mark?: 'idle' | 'weak' | 'next'
}

/** One party that may sign: a client, a grant issuer or the issuer of bearer tokens. */
export interface Principal {
  readonly name: string
  readonly usage: Usage
  /** The value of `iss` (for a client also of `sub`). */
  readonly id: string
  /** The value of `sub`; equal to `id` for client authentication. */
  readonly subject: string
  readonly roles: readonly Role[]
  readonly keys: readonly KeyFacts[]
  /** It has a certificate of its own, which its connections show (RFC 8705). */
  readonly certificate?: true
}

export type EndpointName =
  'token' | 'introspection' | 'resource' | 'revocation' | 'par' | 'metadata'

/** `rotating` publishes its keys itself, and has another one to go on with (KeyFacts, `next`). */
export type Role = 'honest' | 'hostile' | 'pressure' | 'spare' | 'rotating'

/** What may be said of a target before it is opened, and what a plan is made from. No secret is in it. */
export interface TargetFacts {
  readonly name: string
  readonly kind: 'token-endpoint' | 'verifier'
  readonly usages: readonly Usage[]
  readonly issuer: string
  /** What endpoints are named in assertions: their public URLs, whatever address they are reached at. */
  readonly endpoints: Readonly<Partial<Record<EndpointName, string>>>
  /** Where parties with a certificate of their own ask instead (RFC 8705 §5). */
  readonly mtlsEndpoints?: TargetFacts['endpoints']
  /** Who the target says it answers to as an audience; `complete` when nothing else may be accepted. */
  readonly audiences: { readonly values: readonly string[]; readonly complete: boolean }
  readonly declares: Declarations
  readonly principals: readonly Principal[]
  readonly nodes: readonly string[]
  readonly scope: string | null
  /** Whether `client_id` goes beside each assertion of a client, which RFC 7521 §4.2 leaves to the client. */
  readonly sendsClientId?: boolean
  /** The profile its file names. */
  readonly profile?: string
  /** Parameters of the profile that its file narrows. */
  readonly policy?: Readonly<Partial<Policy>>
  /** The most requests it may be sent in any second. */
  readonly maxPerSecond?: number
  /** How many requests may fail before nothing more is sent. */
  readonly maxFailures?: number
  /** How many honest requests go ahead of whatever else is asked. */
  readonly canary?: number
}

/** The time a run lives in; microseconds since 1970, whole numbers, never backwards. */
export interface Clock {
  nowUs(): number
  /** Resolves at `us` or when the signal aborts, whichever is first; never rejects. */
  sleepUntil(us: number, signal?: AbortSignal): Promise<void>
}

/** Seeded draws. A stream's values depend on the seed and its name alone. */
export interface Random {
  stream(name: string): Random
  /** Uniform in [0, 1). */
  next(): number
}

/** What the harness lends to whatever it opens: time, chance, connections, and a way to be stopped. */
export interface Site {
  readonly clock: Clock
  readonly random: Random
  readonly wires: Wires
  /** Aborts when the run must end. */
  readonly signal: AbortSignal
  /** A folder for files that live as long as the run. */
  readonly folder: string
  note(text: string): void
  /** Books a started process, so that a dead run's left-overs can be found; call the result when it has ended. */
  adopt(pid: number, name: string): () => void
}

/** Where to reach a target over TLS, and as whom. PEM texts. */
export interface TlsOptions {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly verify: boolean
}

/** How a connection is made, besides where to. */
export interface HttpWay {
  /** The version spoken; 1.1 when absent. Over TLS no other is offered. */
  readonly http?: 1.1 | 2
  /** What tunnels are made through (CONNECT, RFC 9110 §9.3.6). */
  readonly proxy?: URL
  /** The name to ask for, in Host and TLS, where that is not the one in the address: a host with or without a port. */
  readonly host?: string
}

export interface Message {
  readonly method: 'GET' | 'POST'
  /** The URL's path and query; the wire knows the origin. For a wire that is a function, the endpoint's name. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** What the request calls the server, where that is not what the wire knows it by. */
  readonly host?: string
  readonly body: Uint8Array
  /** How many bytes at the end of the body a race keeps back; they lie inside the credential under test. */
  readonly heldBytes: number
}

export type RawAnswer =
  | {
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  | { readonly cause: NoAnswer; readonly detail?: string }

/** One message and what came of it; stamps as in Observation. */
export interface Exchange {
  readonly begunUs: number
  readonly releasedUs: number
  readonly answeredUs: number | null
  readonly connection: number
  readonly reused: boolean
  readonly raw: RawAnswer
}

/** Ends of a request that is handed over ahead of its time. */
export interface Until {
  /** Aborts when its answer is not waited for any more. */
  readonly signal: AbortSignal
  /** Aborts when nothing more may be sent. */
  readonly stop: AbortSignal
}

/** One connection, program or function. Never rejects for the target's sake. */
export interface Wire {
  /** How many requests it carries at once; one when absent. */
  readonly carries?: number
  send(message: Message, signal: AbortSignal): Promise<Exchange>
  /**
   * The same at a time to come, met by whoever keeps the connection; absent where that is who asks. Unsent where `stop`
   * aborts before that time.
   */
  sendAt?(atUs: number, message: Message, until: Until): Promise<Exchange>
  /** Writes all but the held tail; `release` writes that. An answer that comes before is in the exchange all the same. */
  hold(message: Message, signal: AbortSignal): Promise<Held>
  /** False once it must not be used again: timed out, reset, or idle for too long. */
  usable(): boolean
  close(): Promise<void>
}
export interface Held {
  release(): Promise<Exchange>
}

export interface Wires {
  /** Opens a connection. Rejects with ERR_TARGET_UNREACHABLE when there is nobody to connect to. */
  http(origin: URL, tls: TlsOptions | null, way?: HttpWay): Promise<Wire>
  call(verify: (message: Message) => Promise<RawAnswer>, clock?: Clock): Wire
}

/**
 * Signs with a key that is elsewhere (in an HSM, a KMS, a sidecar): the signature of a JWS for its signing input
 * (RFC 7515 §5.1). Rejects where none is to be had.
 */
export type Signer = (input: string) => Promise<Uint8Array>

export interface Session {
  /** What is missing for it to run at all, and the command that installs it; nothing can be asked then. */
  readonly missing?: string
  /** Why a control is not there, by its name, where something could be done about it. */
  readonly lacking?: Readonly<Record<string, string>>
  readonly nodes: readonly string[]
  readonly controls: Partial<Controls>
  /** A simulated target brings its own time; null uses the harness's. */
  readonly clock: Clock | null
  connect(node: string | null, principal: string): Promise<Wire>
  /** The offset of a node's clock (or a store's) from the harness's, measured now; null without a clock source. */
  clockOf(
    node: string,
  ): Promise<{ readonly source: string; readonly lowUs: number; readonly highUs: number } | null>
  /**
   * What an answer says of the clock of the node that it came from, where answers do; then clocks are watched without
   * asking for them.
   */
  clockIn?(
    exchange: Exchange,
  ): { readonly source: string; readonly lowUs: number; readonly highUs: number } | null
  /** What is counted of it since it was opened, by name, such as `jwks-fetches`. */
  readonly counters?: () => Promise<Readonly<Record<string, number>>>
  /** What has a clock that bears on verdicts: the nodes, and stores that expire what they hold. */
  readonly clocks: readonly string[]
  /** Who signs, by the name of the key, where that is not the harness with a key of the target. */
  readonly signers?: ReadonlyMap<string, Signer>
  /** Where nodes are reached without TLS, for load that brings its own connections; absent where that is no way. */
  readonly origins?: ReadonlyMap<string, URL>
  close(): Promise<void>
}

export interface Target {
  readonly facts: TargetFacts
  /**
   * Private JWKs by key name; of a key that is elsewhere its public part. They never leave the process but for the
   * minting threads.
   */
  readonly keys: Readonly<Record<string, Json>>
  /** `truth` for simulated targets, which are handed the truth of a part in place of its bytes. */
  readonly speaks: 'jwt' | 'truth'
  present(step: Step, made: Readonly<Record<string, string>>): Message
  read(raw: RawAnswer, endpoint: string, tag: (token: string) => string): Read
  open(site: Site): Promise<Session>
}
/** An answer as read, and the credentials in it that later steps may take. */
export interface Read {
  readonly answer: Answer
  readonly taken: Readonly<Partial<Record<'access-token' | 'refresh-token' | 'nonce', string>>>
}
