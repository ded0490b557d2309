/** jsonwebtoken 9.0.3, told the algorithm, the audience and the issuer, as its README asks. */
import jsonwebtoken from 'jsonwebtoken'
import type { Random, Target } from '../../../harness/model/target.ts'
import { verifier, type Asked } from '../../verifier.ts'
import { keyNamed, LAB_RESOURCE, pemOf, rsaKeys, subjectOf } from '../rsa-keys.ts'

export function target(random: Random): Target {
  return verifier(random, verify, {
    name: 'jsonwebtoken 9.0.3',
    declares: { leewaySeconds: { grant: 0, refuse: 0 } },
    moreKeys: rsaKeys(),
    resource: LAB_RESOURCE,
    takesTime: true,
  })
}

async function verify(asked: Asked): Promise<string> {
  const { token, audience, nowSeconds } = asked
  const decoded = jsonwebtoken.decode(token, { complete: true })
  if (decoded === null) throw new RangeError('it cannot be read')
  const { header, payload } = decoded
  const { issuer, key } = keyNamed(asked, payload['iss'], header['kid'])
  const verified = jsonwebtoken.verify(token, pemOf(key), {
    algorithms: [key.algorithm],
    audience,
    issuer,
    clockTimestamp: Math.floor(nowSeconds),
  })
  return subjectOf(header, verified)
}
