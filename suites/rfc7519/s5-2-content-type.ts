/** RFC 7519 section 5.2: a JWT inside a JWT. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused, told } from '../draft.ts'

const nested: Check = {
  id: 'rfc7519/5.2/nested',
  title: 'A JWT around another is good only if both are',
  section: 'RFC 7519 §5.2, §7.2; RFC 8725 §3.3',
  level: 'must',
  requirement: 'Whoever takes a JWT inside a JWT must verify all of their signatures.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'inner-unsigned',
      { defect: { kind: 'nested' } },
      'the JWT inside has a signature that nobody made',
    ),
    told(
      'both-signed',
      { defect: { kind: 'nested-signed' } },
      'few servers take a JWT inside a JWT',
    ),
  ],
}

export const section52: readonly Check[] = [nested]
