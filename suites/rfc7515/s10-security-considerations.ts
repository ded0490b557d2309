/** RFC 7515 section 10: JSON that is read in more than one way. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, ALL, claim, refused } from '../draft.ts'

const trailing: Check = {
  id: 'rfc7515/10.12/trailing-json',
  title: 'A header that is no JSON object, and nothing else, is refused',
  section: 'RFC 7515 §5.2, §10.12; RFC 8725 §3.7',
  level: 'must',
  requirement: 'The header is one valid JSON object in UTF-8, with nothing behind it.',
  usages: ALL,
  finding: 'form/unreadable-accepted',
  cases: [
    headed('garbage-after', 'something follows its header'),
    headed('comment', 'a comment stands in its header'),
    headed('trailing-comma', 'a comma follows the last member of its header'),
    headed('single-quotes', 'its header stands in single quotation marks'),
  ],
}

const escapes: Check = {
  id: 'rfc7515/10.13/escape',
  title: 'A name that is written with an escape is the same name',
  section: 'RFC 7515 §10.13; RFC 7519 §7.3; RFC 8259 §7',
  level: 'must',
  requirement: 'Names are compared as they read after every escape is undone.',
  usages: ALL,
  finding: 'time/expired-accepted',
  cases: [
    accepted(
      'algorithm',
      { defect: { kind: 'escaped-name', where: 'header', name: 'alg' } },
      'its algorithm is named, with an escape in the name',
    ),
    accepted(
      'end',
      { defect: { kind: 'escaped-name', where: 'claims', name: 'exp' } },
      'its end is named, with an escape in the name',
    ),
    refused(
      'end-that-has-passed',
      {
        ...claim('exp', { $now: -86_400 }, null),
        defect: { kind: 'escaped-name', where: 'claims', name: 'exp' },
      },
      'it ended a day ago, and the name of its end has an escape',
    ),
  ],
}

export const section10: readonly Check[] = [trailing, escapes]

function headed(form: string, because: string) {
  return refused(form, { defect: { kind: 'header-text', form } }, because)
}
