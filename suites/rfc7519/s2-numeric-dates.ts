/** RFC 7519 section 2: what a NumericDate is. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, ALL, claim } from '../draft.ts'

const fraction: Check = {
  id: 'rfc7519/2/numericdate-fraction',
  title: 'A date with a fraction of a second is a date',
  section: 'RFC 7519 §2',
  level: 'must',
  requirement: 'Dates are numbers of seconds, which need not be whole.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('exp', claim('exp', { $now: 60.5 }, null), 'its end is a number'),
    accepted('iat', claim('iat', { $now: -0.5 }, null), 'its time of issue is a number'),
    accepted('nbf', claim('nbf', { $now: -0.5 }, null), 'its beginning is a number, and past'),
  ],
}

const exponent: Check = {
  id: 'rfc7519/2/numericdate-exponent',
  title: 'A date that JSON writes in another way is a date',
  section: 'RFC 7519 §2; RFC 8259 §6',
  level: 'derived',
  requirement:
    'Whatever JSON has as a number may be a date: also one with an exponent, or with zeros behind a point.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [
    written('exponent', 'e0', 'its end is a number with an exponent'),
    written('zeros', '.000', 'its end is a whole number with a point'),
  ],
}

export const section2: readonly Check[] = [fraction, exponent]

function written(name: string, suffix: string, because: string) {
  const defect = { kind: 'raw-claim', claim: 'exp', literal: { $nowText: 60 }, suffix }
  return accepted(name, { defect }, because)
}
