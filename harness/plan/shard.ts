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
  const hashes = new Map(pieces.map((piece) => [piece, digest([nameOf(piece)])]))
  const order = pieces.toSorted((a, b) => ((hashes.get(a) ?? '') < (hashes.get(b) ?? '') ? -1 : 1))
  const own = new Set(order.filter((_, index) => index % shard.of === shard.index - 1))
  return pieces.filter((piece) => own.has(piece))
}
