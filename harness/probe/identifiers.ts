/** What a jti must be. */
import type { UsageFound } from '../model/probe.ts'
import { trial, type Ask } from './asking.ts'
import { limitOf } from './halving.ts'

/** In characters: what servers are set to, up to what the requests of most of them may be long. */
const LADDER = [64, 128, 256, 512, 1024, 4096, 16_384]

/** The run id, which follows every stem, is so long; a shorter identifier is not to be had. */
const OWN_CHARACTERS = 22

export async function identifiers(ask: Ask): Promise<NonNullable<UsageFound['identifiers']>> {
  const [told] = await ask([{ change: { drop: ['jti'], defect: { kind: 'claim', claim: 'jti' } } }])
  let asked = 0
  const longest = await limitOf(ask, LADDER, (characters) => {
    const stem = `${asked++}-`.padEnd(characters - OWN_CHARACTERS, 'x')
    return { change: { set: { jti: { $jti: stem } }, defect: null } }
  })
  return { absent: trial('no jti', told), longest }
}
