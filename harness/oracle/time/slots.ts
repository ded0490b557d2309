/** Numbers for the seconds of nodes, so that counts along time can be kept in arrays. */
import type { Observation } from '../../model/history.ts'

export interface Slots {
  of(observation: Pick<Observation, 'begunUs' | 'dueUs' | 'node'>): number
  /** @param node Null where it is not known, or where several have it in common. */
  at(us: number, node: string | null): number
  node(slot: number): string | null
  /** Whole seconds from the start of the run. */
  second(slot: number): number
}

const SECOND_US = 1e6

/** @param startedUs When the run started; seconds count from there. */
export function openSlots(nodes: readonly string[], startedUs: () => number): Slots {
  const width = nodes.length + 1
  const numbers = new Map(nodes.map((node, index) => [node, index + 1]))
  const at = (us: number, node: string | null): number => {
    const second = Math.max(0, Math.floor((us - startedUs()) / SECOND_US))
    return second * width + (node === null ? 0 : (numbers.get(node) ?? 0))
  }
  return {
    of: ({ begunUs, dueUs, node }) => at(begunUs ?? dueUs, node),
    at,
    node: (slot) => nodes[(slot % width) - 1] ?? null,
    second: (slot) => Math.floor(slot / width),
  }
}
