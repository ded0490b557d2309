/** The endpoints of a live node: signatures are verified before they are asked, the store is asked over its socket. */
import { admission } from './admission.ts'
import { success, type HttpAnswer } from './answers.ts'
import type { Asking } from './asking.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { credentialsOf, replyTo } from './endpoints.ts'
import { metadataOf } from './metadata.ts'
import { readAsCalled } from './by-host.ts'
import type { Read, Reading } from './reading.ts'
import { openRegistry, unlessRevoked, type Registry } from './registry.ts'
import { pathOf, routed, type Asked } from './routes.ts'
import type { StoreClient } from './store-client.ts'
import { tokenMaker } from './tokens.ts'
import { readAssertion, signersOf } from './verify.ts'

export interface LiveEndpoints {
  /** Rejects where a node fails over a request. */
  answer(asked: Asked): Promise<HttpAnswer>
  /** Access tokens issued since the node started. */
  issued(): number
  /** Whom its requests are held against, which may be told otherwise at any time. */
  readonly registry: Registry
}

export async function openLiveEndpoints(
  config: NodeConfig,
  behaviour: Behaviour,
  store: StoreClient,
): Promise<LiveEndpoints> {
  const { issuer, resource, audiences, paths } = config
  const signers = await signersOf([...config.parties, ownTokens(config)], behaviour.keyCare)
  const tokens = await tokenMaker(config)
  const admit = admission({
    audiences: (usage) => (usage === 'bearer-token' ? [resource] : audiences),
    behaviour,
    nowMs: () => Date.now(),
  })
  const clients = [...(signers.get('client-authentication')?.values() ?? [])]
  const metadata = metadataOf(config, clients)
  const options = { issuer, resource, metadata, admit, behaviour }
  const registry = openRegistry()
  let issued = 0
  const issue = (subject: string, clientId: string | null): Promise<Json> => {
    issued += 1
    return tokens.issue(subject, clientId)
  }
  const issuedFirst = async (reads: readonly Read[]): Promise<Json | null> => {
    const [first] = reads
    if (!behaviour.issuesFirst || first?.assertion.verified !== true) return null
    return issue(first.assertion.subject ?? '', null)
  }
  const answer = async (asked: Asked): Promise<HttpAnswer> => {
    const tooMany = behaviour.turnsAway(Date.now())
    if (tooMany !== null) return tooMany
    const request = routed(asked, paths, behaviour.quirks)
    const called = { host: asked.host, issuer, quirks: behaviour.quirks }
    const reads = await Promise.all(
      credentialsOf(request, options).map(async (each) =>
        unlessRevoked(
          readAsCalled(await readAssertion(each, signers, behaviour), called),
          registry,
          behaviour,
        ),
      ),
    )
    const early = request.kind === 'token' ? await issuedFirst(reads) : null
    const reply = await answered(replyTo(request, options, readingOf(reads)), store)
    const given =
      reply.kind === 'answer'
        ? reply.answer
        : success(early ?? (await issue(reply.subject, reply.clientId)))
    return behaviour.finish(given, pathOf(asked))
  }
  return {
    answer,
    issued: () => issued,
    registry,
  }
}

/** The node trusts the tokens that it and its siblings issue. */
function ownTokens({ issuer, tokenKey }: NodeConfig): NodeConfig['parties'][number] {
  return { id: issuer, subject: '', usage: 'bearer-token', keys: [tokenKey.public] }
}

function readingOf(reads: readonly Read[]): Reading {
  return ({ text, usage }) => {
    const found = reads.find(
      ({ assertion }) => assertion.text === text && assertion.usage === usage,
    )
    if (found === undefined) throw new RangeError(`no ${usage} of that text was read`)
    return found
  }
}

async function answered<T>(asking: Asking<T>, store: StoreClient): Promise<T> {
  let step = asking.next()
  // One question after the other: the next depends on what was said to the last.
  while (step.done !== true) step = asking.next(await store.ask(step.value))
  return step.value
}
