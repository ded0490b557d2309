/** RFC 7515 section 4.1.11: extensions that must be understood. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, refused, told } from '../draft.ts'

const critical: Check = {
  id: 'rfc7515/4.1.11/crit-unknown',
  title: 'A critical extension that nobody knows is refused',
  section: 'RFC 7515 §4.1.11',
  level: 'must',
  requirement: 'A header member marked as critical must be understood, or the whole is refused.',
  usages: ALL,
  finding: 'form/critical-extension-ignored',
  cases: [
    refused(
      'one-unknown',
      {
        header: { crit: ['x-cupel-extension'], 'x-cupel-extension': true },
        defect: { kind: 'crit-unknown' },
      },
      'it marks an extension as critical that nobody knows',
    ),
  ],
}

const criticalAbsent: Check = {
  id: 'rfc7515/4.1.11/crit-absent-param',
  title: 'A critical extension that nobody knows and that is not there ought to be refused',
  section: 'RFC 7515 §4.1.11',
  // Its maker broke a rule; that the reader does not know the extension is what makes it invalid.
  level: 'should',
  requirement: 'Whatever is listed as critical must be understood.',
  usages: ALL,
  finding: 'form/critical-extension-ignored',
  cases: [
    refused(
      'only-listed',
      { header: { crit: ['x-cupel-extension'] }, defect: { kind: 'crit-unknown' } },
      'it marks an extension as critical that nobody knows, and does not have it',
    ),
  ],
}

const criticalMalformed: Check = {
  id: 'rfc7515/4.1.11/crit-malformed',
  title: 'A list of critical extensions that no writer may make',
  section: 'RFC 7515 §4.1.11',
  level: 'may',
  requirement:
    'A reader may refuse a list that is empty, repeats itself or names what everybody knows.',
  usages: ALL,
  finding: 'form/critical-extension-ignored',
  cases: [
    listed('empty', []),
    listed('text', 'alg'),
    listed('registered', ['alg']),
    listed('twice', ['exp', 'exp']),
  ],
}

export const section4111: readonly Check[] = [critical, criticalAbsent, criticalMalformed]

function listed(name: string, crit: Json) {
  return told(
    name,
    { header: { crit }, defect: { kind: 'crit-malformed' } },
    'the rule binds its writer, and a reader may pass over it',
  )
}
