/** The catalogue of findings: what can be wrong with a target, by stable names that never carry a product's. */

export interface FindingEntry {
  readonly id: string
  readonly severity: 'high' | 'medium' | 'low' | 'info'
  readonly title: string
  readonly cwe: string | null
  /** Control identifiers: OWASP Non-Human Identities 2025, NIST CSF 2.0. */
  readonly controls: readonly string[]
}

const REPLAY = ['NHI4:2025', 'PR.AA-03', 'PR.AA-04']
const AUDIENCE = ['NHI4:2025', 'PR.AA-04']
const SIGNATURE = ['NHI4:2025', 'PR.AA-03', 'PR.AA-04']
const TIME = ['NHI4:2025', 'NHI7:2025', 'PR.AA-03', 'PR.AA-04']
const AUTHENTICATION = ['PR.AA-03']
const SECRETS = ['NHI2:2025', 'PR.AA-01']
const LIFE_CYCLE = ['NHI1:2025', 'NHI7:2025', 'PR.AA-01', 'PR.AA-05']
const PRIVILEGE = ['NHI5:2025', 'PR.AA-05']
const BINDING = ['NHI4:2025', 'PR.AA-03']

const ENTRIES: readonly FindingEntry[] = [
  ...entries('high', 'CWE-294', REPLAY, {
    'replay/accepted-sequentially':
      'An assertion was accepted again after its first use was answered',
    'replay/accepted-concurrently':
      'Copies of one assertion sent at once were accepted more than once',
    'replay/accepted-on-another-node':
      'An assertion used at one node was accepted again at another',
    'replay/accepted-at-another-endpoint':
      'An assertion used at one endpoint was accepted again at another that shares its memory',
    'replay/accepted-during-fault':
      'A used assertion was accepted again while a fault was in force',
    'replay/accepted-after-fault':
      'An assertion that one node accepted amid a fault was accepted by another once it was over',
    'replay/fails-open': 'A node that could not ask its store accepted the same assertion twice',
    'replay/forgotten-after-a-while':
      'A used assertion was accepted again after a while, long before its end',
    'replay/forgotten-after-others':
      'A used assertion was accepted again once enough others had been used after it',
    'replay/forgotten-before-leeway-ends':
      'A used assertion was accepted again after its end, when a fresh one still was',
    'replay/loser-token-lives':
      'More tokens were issued than reached anybody: a refused replay got one that works',
    'replay/burned-by-forgery': 'A forged assertion spent the identifier of a genuine one',
  }),
  ...entries('high', 'CWE-346', AUDIENCE, {
    'audience/foreign-accepted': 'An assertion made for somebody else was accepted',
    'audience/missing-accepted': 'An assertion without an audience was accepted',
    'audience/prefix-match': 'An audience that only begins like the right one was accepted',
    'audience/substring-match': 'An audience that only holds the right one was accepted',
    'audience/endpoint-accepted':
      'The token endpoint was accepted as an audience where only the issuer is one',
    'audience/shared-accepted': 'An assertion that others may use as well was accepted',
  }),
  ...entries('medium', 'CWE-346', AUDIENCE, {
    'audience/normalised': 'An audience that only looks like the right one was accepted',
    'audience/list-accepted': 'A list was accepted as audience where one text must stand',
  }),
  ...entries('high', 'CWE-347', SIGNATURE, {
    'signature/invalid-accepted': 'An assertion whose signature does not verify was accepted',
    'signature/foreign-key-accepted': 'An assertion signed with another party’s key was accepted',
    'signature/embedded-key-accepted':
      'An assertion was verified with a key that it brought along itself',
    'algorithm/none-accepted': 'An assertion that says it is not signed was accepted',
    'algorithm/public-key-as-secret': 'A MAC made with a public key was accepted as a signature',
    'algorithm/unnamed-accepted':
      'An assertion was accepted whose header names no algorithm there is',
    'algorithm/not-allowed-accepted':
      'An assertion was accepted that is signed with an algorithm its key or profile does not allow',
  }),
  ...entries('medium', 'CWE-327', SIGNATURE, {
    'algorithm/weak-key-accepted': 'An assertion was accepted that a too short key signed',
  }),
  ...entries('low', 'CWE-347', SIGNATURE, {
    'signature/lenient-parameters':
      'A signature was accepted whose parameters are not those of its algorithm',
  }),
  ...entries('high', 'CWE-294', BINDING, {
    'tokens/binding-ignored': 'A token that is bound to a key was accepted without a proof of it',
    'dpop/invalid-proof-accepted': 'A DPoP proof was accepted that proves nothing of its request',
  }),
  ...entries('high', 'CWE-613', LIFE_CYCLE, {
    'introspection/inactive-told-active': 'A token that is not good was said to be active',
    'tokens/revoked-accepted': 'A token was good still after it was revoked',
    'tokens/bad-token-exchanged': 'A token that is not good was exchanged for another',
  }),
  ...entries('medium', 'CWE-613', LIFE_CYCLE, {
    'time/lifetime-unlimited':
      'An assertion was accepted that lives longer than there is a reason for',
    'tokens/outlives-assertion': 'A token was issued that outlives its assertion by far',
    'tokens/refresh-issued': 'A refresh token was issued where there is no use for one',
    'tokens/revoked-by-another': 'A client revoked the token of another',
    'tokens/revoked-accepted-again':
      'A token was good again at a node that had refused it after its revocation',
  }),
  ...entries('medium', 'CWE-269', PRIVILEGE, {
    'request/scope-exceeded': 'A scope or target was granted that nobody was known to have',
  }),
  ...entries('medium', 'CWE-598', SECRETS, {
    'request/credentials-in-address-accepted': 'Credentials were taken from an address',
  }),
  ...entries('medium', 'CWE-346', AUDIENCE, {
    'metadata/issuer-differs': 'The published metadata is about another issuer',
  }),
  ...entries('low', null, AUTHENTICATION, {
    'metadata/algorithms-misstated':
      'The published metadata says otherwise of algorithms than the target does',
    'answers/not-in-form': 'An answer is right in substance and not in form',
    'answers/token-may-be-stored': 'A token came without a word that caches must not store it',
  }),
  ...entries('high', 'CWE-287', SIGNATURE, {
    'identity/issuer-missing-accepted': 'An assertion without an issuer was accepted',
    'identity/subject-missing-accepted': 'An assertion without a subject was accepted',
    'identity/foreign-issuer-accepted':
      'An assertion was accepted in the name of an issuer that did not sign it or is not known',
    'identity/two-clients-accepted':
      'A client assertion that names one client as its issuer and another as its subject was accepted',
    'identity/other-usage-accepted': 'An assertion made for one use was accepted in the other',
    'identity/other-kind-accepted': 'A JWT of another kind was accepted as an assertion',
    'identity/issuer-normalised': 'An issuer that is only written like a known one was accepted',
    'identity/unknown-subject-accepted':
      'An assertion that speaks of somebody unknown was accepted',
    'identity/client-missing-accepted': 'A client that proved nothing was taken at its word',
    'identity/bad-client-ignored': 'A wrong client credential beside a grant was not looked at',
    'introspection/unauthenticated': 'Introspection answered a caller that had not authenticated',
  }),
  ...entries('high', 'CWE-613', TIME, {
    'time/expired-accepted': 'An expired assertion was accepted',
    'revocation/revoked-accepted': 'A client was accepted long after it had been revoked',
    'keys/removed-key-accepted':
      'An assertion was accepted long after its key had been removed from those published',
    'time/expiry-missing-accepted': 'An assertion that never expires was accepted',
  }),
  ...entries('medium', 'CWE-613', TIME, {
    'time/not-yet-valid-accepted': 'An assertion was accepted before its time',
  }),
  ...entries('medium', 'CWE-287', AUTHENTICATION, {
    'identity/identifier-missing-accepted':
      'An assertion without an identifier was accepted where one is demanded',
    'request/client-id-mismatch-accepted':
      'A request that names one client and proves another was accepted',
    'request/two-mechanisms-accepted':
      'A client that authenticated in two ways at once was accepted',
    'request/type-ignored': 'A client assertion of no or of an unknown type was accepted',
    'request/assertion-missing-accepted': 'A request without its assertion was accepted',
    'request/grant-type-ignored': 'A request for no grant, or for an unknown one, was accepted',
    'request/other-encoding-accepted': 'A request whose parameters are no form was accepted',
    'request/repeated-parameter-accepted': 'A request with one parameter twice was accepted',
  }),
  ...entries('medium', 'CWE-20', SIGNATURE, {
    'claims/type-coerced': 'A claim of the wrong type was accepted',
    'claims/first-duplicate-taken':
      'A member that stands twice was accepted where it must be refused',
    'form/unreadable-accepted': 'Something that is no JWT was accepted as one',
    'form/lenient-encoding-accepted': 'Bytes that base64url does not allow were accepted',
    'form/critical-extension-ignored':
      'An extension marked as critical was passed over instead of refused',
    'form/other-type-accepted': 'A JWT that calls itself something else was accepted',
  }),
  ...entries('medium', null, TIME, {
    'time/leeway-wrong-way': 'A good assertion was refused before its end',
    'time/granted-skew-refused': 'A clock ahead by no more than is granted was refused',
  }),
  ...entries('medium', null, AUTHENTICATION, {
    'replay/refused-first-use': 'An assertion presented once was refused as if it had been used',
    'refusal/valid-refused': 'A request that deserves acceptance was refused',
    'keys/new-key-refused':
      'A client that had gone over to a new key, and published it long enough ago, was refused',
    'refusal/outage-told-as-client-error':
      'Clients were told that their assertion is wrong when only the store was out of reach',
    'robustness/server-error': 'The server failed over a request that it had only to refuse',
    'robustness/control-lost-after-stimuli':
      'Right requests were refused after defective ones, by other parties too',
  }),
  ...entries('info', null, [], {
    'keys/junk-costs-a-fetch':
      'Requests that name a key nobody has make the target fetch keys, each of them',
    'replay/same-token-returned': 'Two answers carried the identical token',
    'replay/spent-by-refusal': 'A refused assertion spent its identifier for a right one',
    'replay/refused-once-presented':
      'An assertion presented once was refused; the path between may have repeated it',
  }),
]

/** Findings by id. */
export const FINDINGS: ReadonlyMap<string, FindingEntry> = new Map(
  ENTRIES.map((each) => [each.id, each]),
)

/** @param titles By id: what is wrong, as a sentence about what was seen. */
function entries(
  severity: FindingEntry['severity'],
  cwe: string | null,
  controls: readonly string[],
  titles: Readonly<Record<string, string>>,
): readonly FindingEntry[] {
  return Object.entries(titles).map(([id, title]) => ({ id, severity, title, cwe, controls }))
}
