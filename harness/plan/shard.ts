/** Cutting work into shards that know nothing of each other. */
import type { PlannedWork } from '../model/judging.ts'
import { digest } from './digest.ts'

export type Shard = NonNullable<PlannedWork['shard']>

/**
 * The pieces that belong to a shard: dealt out in the order of the hashes of their names, so that every shard has as many
 * as any other or one more, whichever machine deals, and each piece belongs to one shard alone.
 *
 * @param nameOf A name that no other piece has.
 * @param shard Null takes all of them.
 */
export function dealt<Piece>(
  pieces: readonly Piece[],
  nameOf: (piece: Piece) => string,
  shard: Shard | null,
): readonly Piece[] {
  if (shard === null) return pieces
  const order = pieces
    .map((piece) => ({ piece, hash: digest([nameOf(piece)]) }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
  const own = new Set(
    order.flatMap(({ piece }, index) => (index % shard.of === shard.index - 1 ? [piece] : [])),
  )
  return pieces.filter((piece) => own.has(piece))
}
