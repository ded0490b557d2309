/** A simulated client that sends what it is told, when it is told, whatever was answered. */
import type { Random } from '../../harness/model/target.ts'
import { labelOf, send, type Field } from './clients.ts'
import type { Minted, Minter } from './minting.ts'
import type { ScriptedCredential } from './world.ts'

export interface Scripted {
  /** The name of the stream that its requests are judged as. */
  readonly stream: string
  readonly credentials: readonly ScriptedCredential[]
  readonly minterOf: (principal: string) => Minter
  readonly random: Random
}

export function startScript(
  { stream, credentials, minterOf, random }: Scripted,
  field: Field,
): void {
  const { queue, startUs, nodes } = field
  const label = labelOf(stream, field)
  for (const [arrival, { by, copies, beside, ...own }] of credentials.entries()) {
    const minter = minterOf(by)
    const stem = own.stem ?? `${label.stem}${arrival.toString(36)}-`
    const validity = {
      iatUs: startUs + own.iatUs,
      expUs: startUs + own.expUs,
      nbfUs: own.nbfUs === null ? null : startUs + own.nbfUs,
    }
    const right = minter.right(stem, validity)
    const clientFor = (copy: number): Minted | null =>
      beside === null
        ? null
        : minterOf(beside.by).right(`${stem}of-${beside.fresh ? copy : 'all'}-`, validity)
    const lastUs = Math.max(...copies.map(({ atUs }) => atUs))
    const last = copies.findLastIndex(({ atUs }) => atUs === lastUs)
    for (const [copy, { atUs, node, named, says, dice }] of copies.entries()) {
      const dueUs = startUs + atUs
      const sending = {
        label,
        arrival,
        copy,
        last: copy === last,
        principal: by,
        credential: minter.saying(right, says),
        beside: clientFor(copy),
        named,
        node: nodes[node % nodes.length] ?? '',
        dueUs,
        draws: random.stream(String(dice)),
      }
      queue.at(dueUs, () => send(sending, field, () => undefined))
    }
  }
}
