/** Background load over autocannon: requests that nobody judges, each with a credential of its own, bounded in number. */
import type { Instance, Request } from 'autocannon'
import type { Load, LoadControl, RunningLoad } from '../model/controls.ts'
import type { Source, Step } from '../model/plan.ts'
import type { Clock, Session, Target } from '../model/target.ts'
import type { MintedSource } from '../jwt/mint.ts'
import { isObject } from '../json.ts'
import type { Minter } from './minting.ts'

export interface LoadOptions {
  /** See Round.pressure. */
  readonly template: Step
  readonly session: Pick<Session, 'origins'>
  readonly target: Pick<Target, 'present'>
  readonly minter: Minter
  readonly clock: Clock
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** autocannon connects again and again to a port that refuses it; beyond so many errors it gives up. */
const MOST_ERRORS = 20
/** In seconds; after it a connection is opened anew and the next request sent. */
const ANSWER_SECONDS = 10
/** What is judged is minted by the same thread meanwhile, and is not to wait for long. */
const MINTED_AT_ONCE = 32
/** How often autocannon looks whether it was stopped, in milliseconds. */
const LOOK_MS = 50

/**
 * Whether load may be put on a target: on this machine alone, since it follows no pace that anybody agreed to; without
 * TLS, since autocannon verifies no certificate; and not where somebody set a limit, which it would share with what is
 * judged.
 */
export function isPressable(
  { origins }: Pick<Session, 'origins'>,
  maxPerSecond: number | null,
): boolean {
  if (origins === undefined || origins.size === 0 || maxPerSecond !== null) return false
  return [...origins.values()].every(
    ({ protocol, hostname }) => protocol === 'http:' && LOOPBACK.has(hostname),
  )
}

/** The lever; one for each round, so that no two of its requests carry the same identifier. */
export function openLoad(options: LoadOptions): LoadControl {
  let minted = 0
  return {
    rung: 'autocannon',
    async start(node, load) {
      const origin = options.session.origins?.get(node)
      if (origin === undefined) throw new RangeError(`load cannot be put on ${node}`)
      const first = minted
      minted += load.most
      const requests: Request[] = []
      while (requests.length < load.most) {
        const count = Math.min(MINTED_AT_ONCE, load.most - requests.length)
        const from = first + requests.length
        const batch = Array.from({ length: count }, (_, index) => requestOf(from + index, options))
        requests.push(...(await Promise.all(batch)))
      }
      // An optional door: whoever runs no scenario with load never opens it.
      const { default: autocannon } = await import('autocannon')
      return running((over) => autocannon(settings(origin, load, requests), over))
    },
  }
}

async function requestOf(
  number: number,
  { template, target, minter, clock }: LoadOptions,
): Promise<Request> {
  const texts = await Promise.all(
    Object.entries(template.parts).map(async ([part, source]): Promise<[string, string]> => {
      const { text } = await minter.mint(numbered(source, number), clock.nowUs())
      return [part, text]
    }),
  )
  const { method, path, headers, body } = target.present(template, Object.fromEntries(texts))
  return { method, path, headers: { ...headers }, body: Buffer.from(body) }
}

/** The same source under an identifier of its own. */
function numbered(source: Source, number: number): MintedSource {
  const claims = source.kind === 'minted' && isObject(source.claims) ? source.claims : null
  const jti = claims?.['jti']
  const stem = isObject(jti) ? jti['$jti'] : undefined
  if (source.kind !== 'minted' || claims === null || typeof stem !== 'string')
    throw new RangeError('load is made of minted credentials with an identifier')
  return { ...source, claims: { ...claims, jti: { $jti: `${stem}${number}-` } } }
}

/**
 * `setupClient` with `setRequests` costs least of the ways to vary a body. Each client is handed exactly as many requests
 * as `amount` lets it send, cut in the same way, so that none begins again with its first.
 */
function settings(origin: URL, load: Load, requests: readonly Request[]) {
  const connections = Math.max(1, Math.min(load.connections, load.most))
  let clients = 0
  let given = 0
  return {
    url: origin.href,
    connections,
    amount: load.most,
    overallRate: load.perSecond,
    // Its correction would count seconds as milliseconds.
    ignoreCoordinatedOmission: true,
    timeout: ANSWER_SECONDS,
    bailout: MOST_ERRORS,
    sampleInt: LOOK_MS,
    setupClient(client: { setRequests(requests: Request[]): void }) {
      const share =
        Math.floor(load.most / connections) + (clients < load.most % connections ? 1 : 0)
      client.setRequests(requests.slice(given, given + share))
      clients += 1
      given += share
    },
  }
}

function running(fire: (over: () => void) => Instance): RunningLoad {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const instance = fire(() => resolve())
  let answered = 0
  let errors = 0
  instance.on('response', () => void (answered += 1))
  instance.on('reqError', () => void (errors += 1))
  return {
    counts: () => ({ answered, errors }),
    async stop() {
      instance.stop()
      await ended
    },
  }
}
