/** The endpoints of a simulated node: those of the live reference, over messages and truths in place of sockets and bytes. */
import type { Truth } from '../../harness/model/history.ts'
import type { Message, RawAnswer, TargetFacts } from '../../harness/model/target.ts'
import { success, type HttpAnswer } from '../reference/answers.ts'
import type { Asking } from '../reference/asking.ts'
import type { Party } from '../reference/decide.ts'
import { replyTo } from '../reference/endpoints.ts'
import { metadataOf } from '../reference/metadata.ts'
import { readAsCalled } from '../reference/by-host.ts'
import type { Reading } from '../reference/reading.ts'
import { pathOf, routed, type Asked } from '../reference/routes.ts'
import type { Running } from './node.ts'
import { NO_TRUTH, readTruth, signedIn, truthIn, type PartyOf } from './truth.ts'

/** As long as the reference's (targets/reference/tokens.ts). */
const TOKEN_SECONDS = 300

export interface EndpointsOptions {
  readonly facts: TargetFacts
  readonly partyOf: PartyOf
  /** Bits for the name of a token; uniform in [0, 1). */
  readonly draw: () => number
  /** The clock by which tokens are issued. */
  readonly nowUs: () => number
}

/** An access token, and the client that it was issued to. */
interface Token {
  readonly truth: Truth
  readonly clientId: string
}

/** Answers a message at a running node. Tokens of one node are good at all of them. */
export type Respond = (running: Running, message: Message) => Asking<RawAnswer>

export function simulatedEndpoints({ facts, partyOf, draw, nowUs }: EndpointsOptions): Respond {
  const { issuer, endpoints } = facts
  const resource = endpoints.resource ?? issuer
  const paths = {
    token: pathIn(endpoints.token),
    introspection: pathIn(endpoints.introspection),
    revocation: pathIn(endpoints.revocation),
    resource: pathIn(endpoints.resource),
    metadata: pathIn(endpoints.metadata),
  }
  const metadata = metadataOf({ issuer, paths }, clientsOf(facts, partyOf))
  const issued = new Map<string, Token>()
  const own = { id: issuer, subject: '', usage: 'bearer-token', algorithms: [OWN] } as const
  const readingAt =
    ({ standing }: Running): Reading =>
    (credential) => {
      const known = issued.get(credential.text)
      if (known !== undefined)
        return {
          ...readTruth(known.truth, credential, () => own),
          claims: { client_id: known.clientId },
        }
      const truth = truthIn(credential.text) ?? NO_TRUTH
      return standing.of(readTruth(truth, credential, partyOf), signedIn(credential.text))
    }
  const issue = (subject: string, clientId: string): string => {
    const text = Array.from({ length: 4 }, () => Math.floor(draw() * 2 ** 32).toString(36)).join(
      '-',
    )
    const iatUs = Math.floor(nowUs() / 1e6) * 1e6
    const expUs = iatUs + TOKEN_SECONDS * 1e6
    const truth = { ...OWN_TRUTH, issuer, subject, audience: resource, jti: text, iatUs, expUs }
    issued.set(text, { truth, clientId })
    return text
  }
  return function* respond(running, message) {
    const { admit, behaviour, nowMs } = running
    const tooMany = behaviour.turnsAway(nowMs())
    if (tooMany !== null) return rawOf(tooMany)
    const asked = askedBy(message)
    const called = { host: asked.host, issuer, quirks: behaviour.quirks }
    const reading = readingAt(running)
    const request = routed(asked, paths, behaviour.quirks)
    const reply = yield* replyTo(
      request,
      { issuer, resource, metadata, admit, behaviour },
      (credential) => readAsCalled(reading(credential), called),
    )
    const answer =
      reply.kind === 'answer'
        ? reply.answer
        : granted(issue(reply.subject, reply.clientId ?? reply.subject))
    return rawOf(behaviour.finish(answer, pathOf(asked)))
  }
}

function granted(token: string): HttpAnswer {
  return success({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS })
}

/** What the node's own tokens are signed with, had they a signature. */
const OWN = 'ES256'

const OWN_TRUTH: Truth = { ...NO_TRUTH, authentic: true, algorithm: OWN }

function clientsOf({ principals }: TargetFacts, partyOf: PartyOf): readonly Party[] {
  return principals.flatMap(({ usage, id }) =>
    usage === 'client-authentication' ? (partyOf(usage, id) ?? []) : [],
  )
}

function askedBy({ path, method, headers, host, body }: Message): Asked {
  return {
    method,
    url: path,
    contentType: headers['content-type'],
    authorization: unspaced(headers['authorization']),
    host,
    body: new TextDecoder().decode(body),
  }
}

/** A bearer token has no spaces, and a truth may have some in its texts: there they may be written otherwise (RFC 8259 §7). */
function unspaced(authorization: string | undefined): string | undefined {
  return authorization?.replace(/(?<=^Bearer .*) /g, '\\u0020')
}

function rawOf({ status, headers, body }: HttpAnswer): RawAnswer {
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(body)) }
}

/** An endpoint that the target does not have is at no path. */
function pathIn(endpoint: string | undefined): string {
  return endpoint === undefined ? '' : new URL(endpoint).pathname
}
