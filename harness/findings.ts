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

const ENTRIES: readonly FindingEntry[] = [
  entry('replay/accepted-sequentially', 'high', 'An assertion was accepted again after its first use was answered', 'CWE-294', REPLAY),
  entry('replay/accepted-concurrently', 'high', 'Copies of one assertion sent at once were accepted more than once', 'CWE-294', REPLAY),
  entry('replay/accepted-on-another-node', 'high', 'An assertion used at one node was accepted again at another', 'CWE-294', REPLAY),
  entry('replay/accepted-during-fault', 'high', 'A used assertion was accepted again while a fault was in force', 'CWE-294', REPLAY),
  entry('replay/same-token-returned', 'info', 'Two answers carried the identical token', null, []),
  entry('replay/refused-first-use', 'medium', 'An assertion presented once was refused as if it had been used', null, ['PR.AA-03']),
  entry('replay/refused-once-presented', 'info', 'An assertion presented once was refused; the path between may have repeated it', null, []),
  entry('replay/burned-by-forgery', 'high', 'A forged assertion spent the identifier of a genuine one', 'CWE-294', REPLAY),
  entry('audience/foreign-accepted', 'high', 'An assertion made for somebody else was accepted', 'CWE-346', AUDIENCE),
  entry('audience/missing-accepted', 'high', 'An assertion without an audience was accepted', 'CWE-346', AUDIENCE),
  entry('audience/prefix-match', 'high', 'An audience that only begins like the right one was accepted', 'CWE-346', AUDIENCE),
  entry('audience/normalised', 'medium', 'An audience that only looks like the right one was accepted', 'CWE-346', AUDIENCE),
  entry('audience/endpoint-accepted', 'high', 'The token endpoint was accepted as an audience where only the issuer is one', 'CWE-346', AUDIENCE),
  entry('signature/invalid-accepted', 'high', 'An assertion whose signature does not verify was accepted', 'CWE-347', SIGNATURE),
  entry('signature/foreign-key-accepted', 'high', 'An assertion signed with another party’s key was accepted', 'CWE-347', SIGNATURE),
  entry('identity/issuer-missing-accepted', 'high', 'An assertion without an issuer was accepted', 'CWE-287', SIGNATURE),
  entry('identity/subject-missing-accepted', 'high', 'An assertion without a subject was accepted', 'CWE-287', SIGNATURE),
  entry('identity/bad-client-ignored', 'high', 'A wrong client credential beside a grant was not looked at', 'CWE-287', SIGNATURE),
  entry('time/expired-accepted', 'high', 'An expired assertion was accepted', 'CWE-613', TIME),
  entry('time/expiry-missing-accepted', 'high', 'An assertion that never expires was accepted', 'CWE-613', TIME),
  entry('time/not-yet-valid-accepted', 'medium', 'An assertion was accepted before its time', 'CWE-613', TIME),
  entry('introspection/unauthenticated', 'high', 'Introspection answered a caller that had not authenticated', 'CWE-287', SIGNATURE),
  entry('refusal/valid-refused', 'medium', 'A request that deserves acceptance was refused', null, ['PR.AA-03']),
  entry('robustness/control-lost-after-stimuli', 'medium', 'Right requests were refused after defective ones, by other parties too', null, ['PR.AA-03']),
]

/** Findings by id. */
export const FINDINGS: ReadonlyMap<string, FindingEntry> = new Map(ENTRIES.map((each) => [each.id, each]))

function entry(
  id: string,
  severity: FindingEntry['severity'],
  title: string,
  cwe: string | null,
  controls: readonly string[],
): FindingEntry {
  return { id, severity, title, cwe, controls }
}
