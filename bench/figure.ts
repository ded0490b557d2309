/** A figure of the bench: one number, and what it should be. */

export interface Figure {
  readonly name: string
  readonly unit: string
  /** Null for a figure that only tells where one stands. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null
  /** Null where it cannot be measured here; then it has said why. */
  measure(say: Say): Promise<number | null>
}

/** Tells whoever waits what is going on. */
export type Say = (text: string) => void

export interface Result {
  readonly name: string
  readonly value: number | null
  readonly unit: string
  readonly goal: number | null
  /** Null where there is no goal, or no value. */
  readonly met: boolean | null
}

export async function resultOf(figure: Figure, say: Say): Promise<Result> {
  const { name, unit, goal } = figure
  const value = await figure.measure(say)
  const told = { name, value: value === null ? null : Number(value.toPrecision(4)), unit }
  if (goal === null) return { ...told, goal: null, met: null }
  const limit = 'atLeast' in goal ? goal.atLeast : goal.atMost
  if (value === null) return { ...told, goal: limit, met: null }
  return { ...told, goal: limit, met: 'atLeast' in goal ? value >= limit : value <= limit }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]]
  return (low + high) / 2
}
