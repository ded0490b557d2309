/** What to do about a finding, for whoever has to mend the server. */

const ATOMIC =
  'Let one atomic operation of the store both look for the identifier and keep it (SET NX, INSERT … ON CONFLICT DO NOTHING), and accept only if it was this request that stored it.'
const SHARED =
  'Keep used identifiers in one store that every node asks before it accepts, not in the memory of each node.'
const REMEMBER =
  'Keep each identifier until the assertion can no longer be accepted: its exp plus the leeway that is granted, whatever else arrives in between.'
const AUDIENCE =
  'Compare the audience as a whole text, byte by byte, with the one identifier this server answers to (RFC 10070 section 4), and refuse everything else.'
const VERIFY_FIRST =
  'Verify the signature first, with the key registered for the issuer and an algorithm fixed by configuration; nothing in the header may choose either.'
const PARSE =
  'Parse with a strict JOSE library before anything else is looked at, and refuse what does not parse.'
const CLAIMS =
  'Check that each claim is there, once, and of the type its definition gives it, before its value is compared.'
const IDENTITY =
  'Bind the key to the party: iss and sub must name the client whose registered key verified the signature, and both must be there.'
const TIME =
  'Compare exp and nbf with the current time on every request, demand exp, and grant seconds of leeway, not minutes.'
const PARAMETERS =
  'Refuse a request with invalid_request or invalid_client when its parameters contradict each other, are repeated or name an unknown type.'
const HONEST =
  'Look up why a right request was refused: the witness has its time and node, for the server’s own log. Leeway, clocks of the nodes and an over-strict parser are the usual causes.'
const DPOP =
  'Check every claim of a DPoP proof against the request it came with (RFC 9449 section 4.3): method, address, time, nonce, token.'
const INTROSPECTION =
  'Answer active: false for every token that is not good here and now (RFC 7662 section 2.2).'
const ANSWERS =
  'Give the answer the form of RFC 6749 sections 5.1 and 5.2: JSON, Cache-Control: no-store, and the error code for the case.'
const NOTHING = 'Nothing has to be done; it is told because it bears on how other figures read.'

const BY_ID: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'replay/accepted-sequentially': SHARED,
    'replay/accepted-concurrently': ATOMIC,
    'replay/accepted-on-another-node': SHARED,
    'replay/accepted-at-another-endpoint':
      'Let every endpoint that takes client assertions ask the same store, under a key that does not name the endpoint.',
    'replay/accepted-during-fault':
      'Refuse, with a 5xx, what cannot be checked: a node that cannot reach the store of used identifiers must not fall back to accepting.',
    'replay/forgotten-after-others': REMEMBER,
    'replay/forgotten-before-leeway-ends': REMEMBER,
    'replay/burned-by-forgery':
      'Store the identifier only after the signature and every other claim were found right, and make the issuer part of its key.',
    'replay/refused-first-use':
      'Store the identifier under issuer and jti together, compared exactly, and only for assertions that were accepted.',
    'replay/accepted-after-fault':
      'Make the store of used identifiers outlive a restart and a failover, or refuse what was issued before it came back.',
    'replay/fails-open':
      'Refuse, with a 5xx, what cannot be checked: a node that cannot reach the store of used identifiers must not fall back to accepting.',
    'replay/forgotten-after-a-while': REMEMBER,
    'time/lifetime-unlimited':
      'Refuse an assertion whose exp lies further ahead than any client needs; minutes are enough.',
    'algorithm/weak-key-accepted':
      'Refuse keys below the strength that the algorithm asks for (RFC 7518 sections 3.2 and 3.3) when they are registered.',
    'identity/identifier-missing-accepted': 'Demand a jti where reuse is to be refused.',
    'request/scope-exceeded':
      'Grant no scope beyond what the assertion and the client are entitled to.',
    'request/credentials-in-address-accepted':
      'Take credentials from the body alone: what stands in an address is logged on the way.',
    'refusal/outage-told-as-client-error':
      'Answer 503 when the server itself lacks something; invalid_client makes a right client give up its key.',
    'revocation/revoked-accepted':
      'Ask on every request whether the client is still registered, or end its sessions and caches when it is revoked.',
    'tokens/binding-ignored':
      'Accept a token that is bound to a key only with a proof by that key (cnf in RFC 8705 and RFC 9449).',
    'tokens/revoked-accepted':
      'Ask for revocation on every use, or issue tokens that live for minutes.',
    'tokens/revoked-accepted-again':
      'Let all servers behind one address hear of a revocation before one of them answers by it.',
    'tokens/bad-token-exchanged':
      'Verify the subject token as for any use of it before another is issued (RFC 8693 section 2.1).',
    'tokens/outlives-assertion':
      'Let a token end with its assertion, or shortly after (RFC 7521 section 4.1).',
    'tokens/refresh-issued':
      'Issue no refresh token for an assertion: the client can make another.',
    'tokens/revoked-by-another':
      'Revoke a token only for the client it was issued to (RFC 7009 section 2.1).',
    'metadata/issuer-differs':
      'Publish as issuer exactly the identifier that assertions are to be made for (RFC 8414 section 3.3).',
    'metadata/algorithms-misstated':
      'Publish the algorithms that are accepted, from the same configuration.',
    'keys/removed-key-accepted':
      'Fetch the published keys again before their cache ends, and drop those that are gone.',
    'keys/new-key-refused':
      'Fetch the published keys again when one is asked for that is not among them.',
    'keys/junk-costs-a-fetch':
      'Fetch keys for an unknown key id at most once in a while, whoever asks.',
    'robustness/server-error':
      'Look up the error in the server’s own log by the time of the witness: an answer of 500 is an unhandled case.',
    'replay/same-token-returned': NOTHING,
    'replay/spent-by-refusal': NOTHING,
    'replay/refused-once-presented':
      'Find out whether a proxy or mesh repeats requests; if nothing does, declare `path: direct` and ask again.',
    'time/leeway-wrong-way':
      'Add the leeway to exp, do not take it off: a good assertion holds until its end.',
    'time/granted-skew-refused':
      'Compare iat and nbf with the leeway that is granted, and synchronise the clocks of the nodes.',
    'algorithm/none-accepted':
      'Take the algorithm from configuration, and list none nowhere, in whatever case it is written.',
    'algorithm/public-key-as-secret':
      'Tie each key to its algorithm: a public key must never be used as the secret of a MAC.',
    'introspection/unauthenticated':
      'Authenticate whoever asks for introspection (RFC 7662 section 2.1).',
    'robustness/control-lost-after-stimuli':
      'Look for a lock-out or a cache that is keyed by too little: defective requests of one party must not change what others get.',
    'refusal/valid-refused': HONEST,
    'form/critical-extension-ignored':
      'Refuse an assertion whose crit names an extension that is not understood (RFC 7515 section 4.1.11).',
    'form/other-type-accepted':
      'Refuse a typ that says the JWT is something else (RFC 8725 section 3.11).',
  }),
)

const BY_FAMILY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    replay: SHARED,
    audience: AUDIENCE,
    signature: VERIFY_FIRST,
    algorithm: VERIFY_FIRST,
    identity: IDENTITY,
    time: TIME,
    request: PARAMETERS,
    claims: CLAIMS,
    form: PARSE,
    refusal: HONEST,
    dpop: DPOP,
    introspection: INTROSPECTION,
    answers: ANSWERS,
    keys: 'Fetch the published keys when they may have changed, and only then.',
    tokens: 'Check a token for its binding, its end and its revocation on every use.',
    metadata: 'Publish what the server does, from the same configuration.',
  }),
)

/** One or two sentences; null for a finding that this version does not know. */
export function remedyOf(finding: string): string | null {
  return BY_ID.get(finding) ?? BY_FAMILY.get(finding.slice(0, finding.indexOf('/'))) ?? null
}
