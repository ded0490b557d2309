/** RFC 8725 section 3.7: text is UTF-8. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused } from '../draft.ts'

const encodings: Check = {
  id: 'rfc8725/3.7/utf8',
  title: 'A header or claims in another encoding than UTF-8 are refused',
  section: 'RFC 8725 §3.7; RFC 7519 §7.2',
  level: 'must',
  requirement: 'Header and claims are in UTF-8, and in nothing else.',
  usages: ALL,
  finding: 'form/unreadable-accepted',
  cases: (['header', 'payload'] as const).flatMap((where) => [
    written(where, 'utf-16', 'in UTF-16'),
    written(where, 'utf-16-with-mark', 'in UTF-16 with a mark in front'),
    written(where, 'invalid-utf-8', 'in Latin-1'),
  ]),
}

export const section37: readonly Check[] = [encodings]

function written(where: 'header' | 'payload', form: string, how: string) {
  const what = where === 'header' ? 'its header is' : 'its claims are'
  return refused(`${where}-${form}`, { defect: { kind: `${where}-text`, form } }, `${what} ${how}`)
}
