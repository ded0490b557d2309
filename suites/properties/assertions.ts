/** What is so of every assertion: its writing decides nothing, its signature everything. */
import type { Usage } from '../../harness/model/plan.ts'
import type { Property } from '../../harness/model/property.ts'

const CLIENTS: readonly Usage[] = ['client-authentication']
const GRANTS: readonly Usage[] = ['authorization-grant']
const ASSERTIONS: readonly Usage[] = [...CLIENTS, ...GRANTS]

export const assertions: Property = {
  name: 'property-assertions',
  question:
    'Does a rightly signed assertion get the same answer however it is written, and is nothing unsigned ever accepted?',
  section: 'RFC 7523 §3, RFC 7519 §4, RFC 8725 §3.2',
  means: {
    conforms: 'Every right assertion that was drawn was accepted, and no unsigned one.',
    violates: 'A right assertion was refused for how it is written, or an unsigned one accepted.',
  },
  usages: [...ASSERTIONS, 'bearer-token'],
  variations: [
    // RFC 7523 §3 item 8; RFC 7519 §4: what is not understood is ignored.
    { kind: 'unknown-claims', most: 3 },
    // Optional by RFC 7523 §3 items 5 and 6; RFC 9068 §2.2 wants iat in access tokens.
    { kind: 'claim', name: 'iat', others: [null, { $now: -10 }], usages: ASSERTIONS },
    { kind: 'claim', name: 'nbf', others: [{ $now: -10 }] },
    // RFC 10070 §4 for clients; RFC 7519 §5.1 for other assertions.
    { kind: 'header', name: 'typ', others: ['client-authentication+jwt'], usages: CLIENTS },
    { kind: 'header', name: 'typ', others: ['JWT'], usages: GRANTS },
    // With several keys registered OpenID Connect Core §10.1 asks for a kid.
    { kind: 'header', name: 'kid', others: [null], needs: 'one-key' },
    // RFC 7519 §7.1 signs the JSON as it is written.
    { kind: 'indent', others: [' ', '\t', '\r\n  '] },
    { kind: 'order' },
  ],
  statements: [
    { name: 'well-signed', attack: null, by: 'honest', cases: 12, spoilings: [] },
    {
      name: 'unsigned',
      attack: 'unsigned',
      by: 'hostile',
      cases: 8,
      spoilings: [
        { defect: { kind: 'algorithm-none' } },
        { defect: { kind: 'algorithm-none', spelling: 'None' } },
        { defect: { kind: 'algorithm-none', spelling: 'NONE' } },
        { defect: { kind: 'algorithm-none', spelling: 'nOnE' } },
        { defect: { kind: 'signature-empty' } },
        {
          defect: { kind: 'signature-random' },
          drawn: { octets: { kind: 'octets', least: 8, most: 96 } },
        },
        {
          defect: { kind: 'signature-cut' },
          drawn: { by: { kind: 'integer', least: 1, most: 63 } },
        },
      ],
    },
  ],
}
