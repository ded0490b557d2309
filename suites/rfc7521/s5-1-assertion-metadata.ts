/** RFC 7521 section 5.1: the issuer is compared as it is written. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, claim, misissued } from '../draft.ts'

const issuerCompared: Check = {
  id: 'rfc7521/5.1/iss-compare',
  title: 'An issuer that is only written like a known one is refused',
  section: 'RFC 7521 §5.1; RFC 7523 §3 item 1; RFC 3986 §6.2.1',
  level: 'must',
  requirement: 'Issuers are compared character by character, without any normalisation.',
  usages: BOTH,
  finding: 'identity/issuer-normalised',
  cases: [
    alike('other-case', { spelling: 'other-case' }, 'in letters of another size'),
    alike('slash-added', { suffix: '/' }, 'with a slash behind it'),
    alike('space-added', { suffix: ' ' }, 'with a space behind it'),
  ],
}

export const section51: readonly Check[] = [issuerCompared]

function alike(
  name: string,
  spelling: { readonly spelling?: string; readonly suffix?: string },
  how: string,
) {
  return misissued(
    name,
    claim('iss', { $party: 'own', ...spelling }, { kind: 'claim', claim: 'iss' }),
    `its issuer is a known one ${how}, and so another`,
  )
}
