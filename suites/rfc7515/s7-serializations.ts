/** RFC 7515 section 7: the compact serialization has two dots, and a JWT has no other one. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused } from '../draft.ts'

const segments: Check = {
  id: 'rfc7515/7.1/segments',
  title: 'An assertion of fewer or more than three segments is refused',
  section: 'RFC 7515 §5.2, §7.1',
  level: 'must',
  requirement: 'A compact serialization is three segments with a dot between them.',
  usages: ALL,
  finding: 'form/unreadable-accepted',
  cases: [
    shaped('one', 'it has no dot'),
    shaped('two', 'it has no third segment'),
    shaped('four', 'it has a fourth segment'),
    shaped('five', 'it has five segments, like an encrypted JWT'),
    shaped('leading-dot', 'it begins with a dot'),
    shaped('trailing-dot', 'it ends with a dot'),
  ],
}

const json: Check = {
  id: 'rfc7515/7.2/json-serialization',
  title: 'An assertion in the JSON serialization is refused',
  section: 'RFC 7519 §1; RFC 7515 §7.2',
  level: 'must',
  requirement: 'A JWT is always in the compact serialization.',
  usages: ALL,
  finding: 'form/unreadable-accepted',
  cases: [
    serialised('flattened', 'it is in the flattened JSON serialization'),
    serialised('general', 'it is in the general JSON serialization'),
    serialised('with-dots', 'it is JSON that has three segments when it is cut at its dots'),
  ],
}

export const section7: readonly Check[] = [segments, json]

function shaped(form: string, because: string) {
  return refused(form, { defect: { kind: 'segments', form } }, because)
}

function serialised(form: string, because: string) {
  return refused(form, { defect: { kind: 'json-serialization', form } }, because)
}
