/** A replay key that was accepted twice. */
import type { Stream } from '../../model/scenario.ts'
import type { SingleUse } from '../deserving/obligation.ts'
import { mannerOf, type DoubleAccept } from '../replay/use.ts'
import type { Exhibit } from '../sighting.ts'
import { about, type Charging } from './charging.ts'
import type { Charge } from './convictions.ts'
import { CREDENTIAL, didWords, faultWords, witnessOf } from './witness.ts'

interface Doubling {
  readonly singleUse: SingleUse
  /** The order of its requests tells what they show. */
  readonly stream: Pick<Stream, 'finding' | 'findingAmidFault'> | undefined
}

/** Convicts at once where the target's leeway does not matter, and else when it is known. */
export function chargeDouble(double: DoubleAccept<Exhibit>, by: Doubling, to: Charging): void {
  const { partner: one, second: other, needsUs } = double
  if (one === null || needsUs === Infinity) return
  const manner = mannerOf(one, other)
  const { singleUse, stream } = by
  const amidFault =
    manner === 'during-fault' && one.node === other.node && one.faultsInForce.length > 0
  const named =
    manner === 'sequentially' ? stream?.finding : amidFault ? stream?.findingAmidFault : undefined
  const finding = named ?? `replay/accepted-${manner}`
  const charged: Charge = {
    ...about(other),
    finding,
    obliges: true,
    nodes: one.node === other.node ? 'same' : 'several',
    words() {
      const what = CREDENTIAL[other.usage]
      const because = [
        `${didWords(one, `accepted a ${what}`, to.telling)} and ${didWords(other, againWords(one, other), to.telling)}`,
        manner === 'concurrently' ? ', both at once' : '',
        expiryWords(other),
        `; ${faultWords([one, other])}, and ${singleUse.because}`,
        one.endpoint === other.endpoint ? '.' : ', at these endpoints together.',
      ]
      return {
        ...about(other),
        check: to.checks.checkOf(other.caseId),
        finding,
        obliges: true,
        obligation: singleUse.obligation,
        because: because.join(''),
        spec: [singleUse.spec],
        witness: witnessOf([one, other], to.telling),
      }
    },
  }
  if (needsUs < 0) to.charges.add(charged)
  else to.late.charge(double, charged)
}

function againWords(one: Exhibit, { endpoint }: Exhibit): string {
  return one.endpoint === endpoint ? 'accepted it again' : `accepted it again at ${endpoint}`
}

function expiryWords({ answeredUs, expUs }: Exhibit): string {
  if (expUs === null || answeredUs === null) return ''
  const seconds = (expUs - answeredUs) / 1e6
  const words = `${Math.abs(seconds).toFixed(1)} s`
  return seconds >= 0 ? `, ${words} before it ended` : `, ${words} after it had ended`
}
