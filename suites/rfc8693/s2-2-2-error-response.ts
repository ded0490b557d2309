/** RFC 8693 section 2.2.2: a target that the server does not know. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, told, UNCHANGED } from '../draft.ts'

const target: Check = {
  id: 'rfc8693/2.2.2/target',
  title: 'A token for a resource that nobody knows',
  section: 'RFC 8693 §2.2.2; RFC 8707 §2',
  level: 'should',
  requirement: 'A server that will not issue a token for a target says invalid_target.',
  usages: CLIENT,
  finding: 'request/scope-exceeded',
  cases: [
    told('nobodys', UNCHANGED, 'a server may issue tokens for whatever it is asked', {
      needs: ['token-exchange'],
      form: { set: { resource: 'https://nobodys-resource.cupel.example' } },
    }),
  ],
}

export const section222: readonly Check[] = [target]
