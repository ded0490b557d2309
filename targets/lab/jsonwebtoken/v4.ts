/**
 * jsonwebtoken 4.0.0, used as its README said: it has no list of algorithms, no `nbf` and no clock but the machine's, and
 * reads claims only where the type is JWT.
 */
import jsonwebtoken from 'jsonwebtoken-4'
import type { Random, Target } from '../../../harness/model/target.ts'
import { verifier, type Asked } from '../../verifier.ts'
import { keyNamed, LAB_RESOURCE, pemOf, rsaKeys, subjectOf } from '../rsa-keys.ts'

export function target(random: Random): Target {
  return verifier(random, verify, {
    name: 'jsonwebtoken 4.0.0',
    declares: { leewaySeconds: { grant: 0, refuse: 0 }, algorithms: null, supports: [] },
    moreKeys: rsaKeys(),
    resource: LAB_RESOURCE,
    takesTime: false,
  })
}

async function verify(asked: Asked): Promise<string> {
  const { token, audience } = asked
  // `complete` came later: what it decodes here is the payload alone.
  const payload: unknown = jsonwebtoken.decode(token, { complete: true })
  const header = headerOf(token)
  const { issuer, key } = keyNamed(asked, memberOf(payload, 'iss'), memberOf(header, 'kid'))
  return subjectOf(null, jsonwebtoken.verify(token, pemOf(key), { audience, issuer }))
}

function headerOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
