/** RFC 7519 section 4.1.7: identifiers. */
import type { CaseDraft, Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, BOTH, claim, CLIENT, GRANT, tabled, told } from '../draft.ts'

const identifierType: Check = {
  id: 'rfc7519/4.1.7/jti-type',
  title: 'An identifier that is no text',
  section: 'RFC 7519 §4.1.7; RFC 7523 §3 item 10',
  // No step of RFC 7519 §7.2 looks at the types of claims, and a jti is compared with nothing.
  level: 'should',
  requirement: 'An identifier is a text; a number and its digits must not be told apart by chance.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [identifier('number', 42), identifier('in-a-list', ['a']), identifier('object', {})],
}

const identifierCase: Check = {
  id: 'rfc7519/4.1.7/jti-case',
  title: 'Identifiers that differ in case are two',
  section: 'RFC 7519 §4.1.7',
  level: 'must',
  requirement: 'An identifier is compared with regard to case.',
  usages: ALL,
  finding: 'replay/refused-first-use',
  cases: [
    {
      name: 'capitals',
      refusal: 'replay/refused-first-use',
      steps: [
        { name: 'mixed', change: claim('jti', { $jti: 'aBc-' }, null) },
        { name: 'upper', change: claim('jti', { $jti: 'ABC-' }, null) },
      ],
      expects: [
        { step: 'mixed', deserves: 'accept', because: 'its identifier is new' },
        { step: 'upper', deserves: 'accept', because: 'its identifier is another one' },
      ],
    },
  ],
}

const identifierOdd: Check = {
  id: 'rfc7519/4.1.7/jti-odd',
  title: 'Identifiers that a careless memory would stumble over',
  section: 'RFC 7519 §4.1.7',
  level: 'derived',
  requirement:
    'An identifier may hold any characters. A server may refuse one that is too long or empty; it must not fail over it, nor take two for one.',
  usages: BOTH,
  finding: 'replay/refused-first-use',
  cases: [
    odd('empty', ''),
    odd('long', { $jti: 'x'.repeat(8192) }),
    odd('with-a-nul', { $jti: 'a\u0000b-' }),
    odd('with-a-line-break', { $jti: 'a\r\nb-' }),
    odd('with-delimiters', { $jti: 'a:b|c/d;e,f-' }),
    pair('two-forms-of-one-letter', ['composed', '\u00e9-'], ['decomposed', 'e\u0301-']),
    pair('a-space-before', ['without', 'a-'], ['with', ' a-']),
  ],
}

export const section417: readonly Check[] = [identifierType, identifierCase, identifierOdd]

/** Of a demanded identifier it is demanded that it is one. */
function identifier(name: string, value: Json) {
  const change = claim('jti', value, { kind: 'claim', claim: 'jti' })
  const because = 'it is demanded, and this is none'
  const open = { deserves: 'either', because: 'nothing must be remembered by it' } as const
  return tabled(name, change, [
    { usages: CLIENT, when: { 'jti.ca.required': true }, deserves: 'reject', because },
    { usages: GRANT, when: { 'jti.grant.required': true }, deserves: 'reject', because },
    open,
  ])
}

/** Two that become one where names are tidied up before they are remembered, each as the name of its step and how it begins. */
function pair(
  name: string,
  [first, before]: readonly [string, string],
  [second, after]: readonly [string, string],
): CaseDraft {
  return {
    name,
    refusal: 'replay/refused-first-use',
    steps: [
      { name: first, change: claim('jti', { $jti: before }, null) },
      { name: second, change: claim('jti', { $jti: after }, null) },
    ],
    expects: [
      { step: first, deserves: 'either', because: 'a server may say which characters it can keep' },
      {
        step: second,
        onceAccepted: first,
        deserves: 'accept',
        because: 'its identifier is another one than the one before',
      },
    ],
  }
}

function odd(name: string, value: Json) {
  return told(
    name,
    claim('jti', value, { kind: 'claim', claim: 'jti' }),
    'a server may say which identifiers it can keep',
  )
}
