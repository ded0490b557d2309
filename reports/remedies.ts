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
const NOTHING = 'Nothing has to be done; it is told because it bears on how other figures read.'

const BY_ID: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'replay/accepted-sequentially': SHARED,
    'replay/accepted-concurrently': ATOMIC,
    'replay/accepted-on-another-node': SHARED,
    'replay/accepted-during-fault':
      'Refuse, with a 5xx, what cannot be checked: a node that cannot reach the store of used identifiers must not fall back to accepting.',
    'replay/forgotten-after-others': REMEMBER,
    'replay/forgotten-before-leeway-ends': REMEMBER,
    'replay/burned-by-forgery':
      'Store the identifier only after the signature and every other claim were found right, and make the issuer part of its key.',
    'replay/refused-first-use':
      'Store the identifier under issuer and jti together, compared exactly, and only for assertions that were accepted.',
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
  }),
)

/** One or two sentences; null for a finding that this version does not know. */
export function remedyOf(finding: string): string | null {
  return BY_ID.get(finding) ?? BY_FAMILY.get(finding.slice(0, finding.indexOf('/'))) ?? null
}
