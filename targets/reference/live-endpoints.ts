/** The endpoints of a live node: signatures are verified before they are asked, the store is asked over its socket. */
import { admission } from './admission.ts'
import { success, type HttpAnswer } from './answers.ts'
import type { Asking } from './asking.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { credentialsOf, replyTo } from './endpoints.ts'
import { metadataOf } from './metadata.ts'
import type { Read, Reading } from './reading.ts'
import { pathOf, routed, type Asked } from './routes.ts'
import type { StoreClient } from './store-client.ts'
import { tokenMaker } from './tokens.ts'
import { readAssertion, signersOf } from './verify.ts'

/** Rejects where a node fails over a request. */
export type LiveEndpoints = (asked: Asked) => Promise<HttpAnswer>

export async function openLiveEndpoints(
  config: NodeConfig,
  behaviour: Behaviour,
  store: StoreClient,
): Promise<LiveEndpoints> {
  const { resource, audiences, paths } = config
  const signers = await signersOf([...config.parties, ownTokens(config)], behaviour.keyCare)
  const tokens = await tokenMaker(config)
  const admit = admission({
    audiences: (usage) => (usage === 'bearer-token' ? [resource] : audiences),
    behaviour,
    nowMs: () => Date.now(),
  })
  const clients = [...(signers.get('client-authentication')?.values() ?? [])]
  const metadata = metadataOf(config, clients)
  const options = { resource, metadata, admit, behaviour }
  return async (asked) => {
    const request = routed(asked, paths, behaviour.quirks)
    const reads = await Promise.all(
      credentialsOf(request, options).map((each) => readAssertion(each, signers, behaviour)),
    )
    const reply = await answered(replyTo(request, options, readingOf(reads)), store)
    const answer =
      reply.kind === 'answer'
        ? reply.answer
        : success(await tokens.issue(reply.subject, reply.clientId))
    return behaviour.finish(answer, pathOf(asked))
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
