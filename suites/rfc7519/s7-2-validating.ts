/** RFC 7519 section 7.2: what is a JWT at all. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, ALL, refused, told } from '../draft.ts'

const structure: Check = {
  id: 'rfc7519/7.2/structure',
  title: 'Claims that are no JSON object in UTF-8 are refused',
  section: 'RFC 7519 §7.2; RFC 8725 §3.7',
  level: 'must',
  requirement: 'The claims are one JSON object in UTF-8, and nothing else.',
  usages: ALL,
  finding: 'form/unreadable-accepted',
  cases: [
    written('array', 'its claims stand in a list'),
    written('string', 'its claims stand in a text'),
    written('null', 'its claims are null'),
    written('truncated', 'its claims break off'),
    written('garbage-after', 'something follows its claims'),
    written('utf-16', 'its claims are in UTF-16'),
    written('invalid-utf-8', 'its claims hold an octet that UTF-8 does not have'),
    written('comment', 'a comment stands among its claims'),
    written('trailing-comma', 'a comma follows the last of its claims'),
    written('single-quotes', 'its claims stand in single quotation marks'),
    told(
      'byte-order-mark',
      { defect: { kind: 'payload-mark' } },
      'a reader of JSON may pass over the mark (RFC 8259 §8.1)',
    ),
  ],
}

const whitespace: Check = {
  id: 'rfc7519/7.2/whitespace-json',
  title: 'Claims with spaces and line breaks between them are accepted',
  section: 'RFC 7519 §3, §7.2; RFC 8259 §2',
  level: 'must',
  requirement: 'Whatever space JSON allows between its members may stand there.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('pretty', { defect: { kind: 'payload-spaced' } }, 'it is right, and easy to read'),
  ],
}

export const section72: readonly Check[] = [structure, whitespace]

function written(form: string, because: string) {
  return refused(form, { defect: { kind: 'payload-text', form } }, because)
}
