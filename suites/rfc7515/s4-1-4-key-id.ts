/** RFC 7515 section 4.1.4: a key's name is a hint. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, told } from '../draft.ts'

const keyIdentifier: Check = {
  id: 'rfc7515/4.1.4/kid-unknown',
  title: 'A key identifier that nobody registered, or none',
  section: 'RFC 7515 §4.1.4',
  level: 'may',
  requirement: 'A key identifier is a hint, and optional.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [
    told(
      'absent',
      { header: { kid: null }, defect: null },
      'whoever has several keys needs a hint',
    ),
    told(
      'unknown',
      { header: { kid: 'no-key-has-this-name' }, defect: null },
      'the right key signed it under a name that it does not have',
    ),
    told(
      'other-case',
      { header: { kid: { $kid: 'other-case' } }, defect: null },
      'the right key signed it under its name in letters of another size',
    ),
  ],
}

const keyIdentifierType: Check = {
  id: 'rfc7515/4.1.4/kid-type',
  title: 'A key identifier that is no text',
  section: 'RFC 7515 §4.1.4, §5.2',
  level: 'may',
  requirement: 'A key identifier is a text; whoever does not need the hint may not look at it.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    misidentified('number', 42),
    misidentified('in-a-list', ['some-key']),
    misidentified('object', { kid: 'some-key' }),
  ],
}

export const section414: readonly Check[] = [keyIdentifier, keyIdentifierType]

function misidentified(name: string, kid: Json) {
  return told(
    name,
    { header: { kid }, defect: { kind: 'header-type', member: 'kid' } },
    'a reader that has one key needs no hint',
  )
}
