/** The endpoints of a live node: signatures are verified before they are asked, the store is asked over its socket. */
import { admission } from './admission.ts'
import type { HttpAnswer } from './answers.ts'
import { success } from './answers.ts'
import type { Asking } from './asking.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { credentialsBeside, credentialsIn, endpointsOf, type Reply } from './endpoints.ts'
import type { Form } from './form.ts'
import type { Credential, Read, Reading } from './reading.ts'
import type { StoreClient } from './store-client.ts'
import { tokenMaker } from './tokens.ts'
import { readAssertion, signersOf } from './verify.ts'

export interface LiveEndpoints {
  token(form: Form): Promise<HttpAnswer>
  introspection(form: Form): Promise<HttpAnswer>
  /** @param authorization The header as it came, if it came. */
  resource(authorization: string | undefined): Promise<HttpAnswer>
}

export async function openLiveEndpoints(
  config: NodeConfig,
  behaviour: Behaviour,
  store: StoreClient,
): Promise<LiveEndpoints> {
  const { resource, audiences } = config
  const signers = await signersOf([...config.parties, ownTokens(config)])
  const tokens = await tokenMaker(config)
  const admit = admission({
    audiences: (usage) => (usage === 'bearer-token' ? [resource] : audiences),
    behaviour,
    nowMs: () => Date.now(),
  })
  const endpoints = endpointsOf({ resource, admit, refusal: behaviour.refusal })
  const answer = async (
    credentials: readonly Credential[],
    ask: (reading: Reading) => Asking<Reply>,
  ): Promise<HttpAnswer> => {
    const reads = await Promise.all(
      credentials.map((each) => readAssertion(each, signers, behaviour.verify)),
    )
    const reply = await answered(ask(readingOf(reads)), store)
    return reply.kind === 'answer'
      ? reply.answer
      : success(await tokens.issue(reply.subject, reply.clientId))
  }
  return {
    token: (form) => answer(credentialsIn(form), (reading) => endpoints.token(form, reading)),
    introspection: (form) =>
      answer(credentialsIn(form), (reading) => endpoints.introspection(form, reading)),
    resource: (authorization) =>
      answer(credentialsBeside(authorization), (reading) =>
        endpoints.resource(authorization, reading),
      ),
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
