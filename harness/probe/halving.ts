/** How far something goes: the largest number that is accepted, by a ladder and then by halves. */
import type { Limit } from '../model/probe.ts'
import type { Ask, Stimulus } from './asking.ts'

/**
 * @param ladder Ascending whole numbers.
 * @param ofNumber What is asked of one.
 */
export async function limitOf(
  ask: Ask,
  ladder: readonly number[],
  ofNumber: (number: number) => Stimulus,
): Promise<Limit> {
  const told = await ask(ladder.map(ofNumber))
  const first = told.findIndex(({ outcome }) => outcome !== 'accepted')
  if (first === -1) return { accepted: ladder.at(-1) ?? null, refused: null }
  let [accepted, refused] = [ladder[first - 1] ?? null, ladder[first] ?? null]
  while (accepted !== null && refused !== null && refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2)
    const [answer] = await ask([ofNumber(middle)])
    if (answer?.outcome === 'accepted') accepted = middle
    else refused = middle
  }
  return { accepted, refused }
}
