/** RFC 9101 section 10.8: a request object is signed by a client and meant for the server, like a client assertion. */
import type { Check } from '../../harness/model/check.ts'
import type { Change } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { CLIENT, refused, tabled, told } from '../draft.ts'

const REQUEST = {
  response_type: 'code',
  client_id: { $party: 'own' },
  redirect_uri: 'https://client.cupel.example/back',
  scope: 'openid',
}

const requestObject: Check = {
  id: 'rfc9101/10.8/request-object',
  title: 'A client’s request object is no client assertion',
  section: 'RFC 9101 §10.8; RFC 7523 §3 item 2; RFC 8725 §3.12',
  level: 'derived',
  requirement:
    'What a client signed to ask for an authorization has passed through a browser; it must not authenticate the client.',
  usages: CLIENT,
  finding: 'identity/other-kind-accepted',
  cases: [
    refused(
      'without-a-subject',
      { ...asked(), drop: ['sub'] },
      'it is a request object, and says of nobody who it speaks of',
    ),
    told('with-a-subject', asked(), 'in its claims it is a client assertion with some more'),
    tabled(
      'with-its-type',
      {
        ...asked(),
        header: { typ: 'oauth-authz-req+jwt' },
        defect: { kind: 'type', typ: 'oauth-authz-req+jwt' },
      },
      [{ deserves: 'either', because: 'it says itself that it is something else, and few look' }],
    ),
  ],
}

export const section108: readonly Check[] = [requestObject]

function asked(): Change & { readonly set: Readonly<Record<string, Json>> } {
  return { set: REQUEST, defect: { kind: 'claim', claim: 'sub' } }
}
