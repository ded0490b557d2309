/** FAPI 2.0 Security Profile section 5.3.2.1: one string for an audience, and numbers for clocks. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { CLIENT, claim, tabled, told, type Row } from '../draft.ts'

const BANDS: Readonly<Record<string, Json>> = { 'future.leewaySeconds': { grant: 10, refuse: 60 } }
const ELSEWHERE = 'only FAPI 2.0 gives a number'

const audienceArray: Check = {
  id: 'fapi2/5.3.2.1/aud-array',
  title: 'An audience in a list is refused',
  section: 'FAPI 2.0 Security Profile §5.3.2.1, §5.3.3.1',
  level: 'must',
  requirement: 'The only audience to be accepted is the issuer, as one text.',
  usages: CLIENT,
  finding: 'audience/list-accepted',
  cases: [
    tabled('of-one', claim('aud', [{ $audience: 'issuer' }], { kind: 'audience', form: 'list' }), [
      { when: { 'aud.ca.shape': 'string' }, deserves: 'reject', because: 'its audience is a list' },
      { deserves: 'either', because: 'other profiles do not forbid a list of one' },
    ]),
  ],
}

const ahead: Check = {
  id: 'fapi2/5.3.2.1/iat-10s',
  title: 'A clock that is ten seconds ahead is put up with',
  section: 'FAPI 2.0 Security Profile §5.3.2.1',
  level: 'must',
  requirement: 'Up to ten seconds ahead the time of issue and the beginning must be accepted.',
  usages: CLIENT,
  finding: 'time/not-yet-valid-accepted',
  cases: ['iat', 'nbf'].map((name) =>
    tabled(
      `${name}-eight-seconds`,
      claim(name, { $now: 8 }, { kind: 'not-yet', seconds: 8 }),
      rows('accept', 'ten seconds are granted'),
      { refusal: 'time/granted-skew-refused' },
    ),
  ),
}

const between: Check = {
  id: 'fapi2/5.3.2.1/iat-between',
  title: 'A clock that is between ten and sixty seconds ahead',
  section: 'FAPI 2.0 Security Profile §5.3.2.1',
  level: 'may',
  requirement: 'Between ten seconds and a minute the server may choose.',
  usages: CLIENT,
  finding: 'time/not-yet-valid-accepted',
  cases: [20, 30, 45].map((seconds) =>
    told(
      `iat-${seconds}-seconds`,
      claim('iat', { $now: seconds }, { kind: 'not-yet', seconds }),
      'some ecosystems need half a minute, and no text gives it',
    ),
  ),
}

const farAhead: Check = {
  id: 'fapi2/5.3.2.1/iat-60s',
  title: 'A clock that is more than a minute ahead is not',
  section: 'FAPI 2.0 Security Profile §5.3.2.1',
  level: 'must',
  requirement:
    'More than a minute ahead neither the time of issue nor the beginning may be accepted.',
  usages: CLIENT,
  finding: 'time/not-yet-valid-accepted',
  cases: ['iat', 'nbf'].flatMap((name) =>
    [70, 3600].map((seconds) =>
      tabled(
        `${name}-${seconds}-seconds`,
        claim(name, { $now: seconds }, { kind: 'not-yet', seconds }),
        rows('reject', 'it lies more than a minute ahead'),
      ),
    ),
  ),
}

export const section5321: readonly Check[] = [audienceArray, ahead, between, farAhead]

function rows(deserves: 'accept' | 'reject', because: string): readonly Row[] {
  return [
    { when: BANDS, deserves, because },
    { deserves: 'either', because: ELSEWHERE },
  ]
}
