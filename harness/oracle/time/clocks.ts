/** How far the target's clocks are from the harness's, as intervals, from what the history says so far. */
import type { FaultEvent, HistoryEvent } from '../../model/history.ts'
import {
  offsetLine,
  UNKNOWN,
  type OffsetLine,
  type OffsetUs,
  type Transition,
} from './offset-line.ts'

export type { OffsetUs } from './offset-line.ts'

export interface Clocks {
  /** Takes note of what bears on clocks; every other event is ignored. */
  see(event: HistoryEvent): void
  /** The offsets a node's clock may have had at some time from `fromUs` to `toUs`; those of all nodes for an unknown one. */
  offset(node: string | null, fromUs: number, toUs: number): OffsetUs
  /**
   * By how much what a right memory took in at `fromUs` or later may have ended before its time by `toUs`.
   *
   * A memory that keeps something until a time ends it early by as much as its clock is ahead. One that keeps it for a
   * lifetime counts that by its own clock, from what the clock of a node said at first: then it ends early by as much as
   * that was ahead, and by as much more as its own was moved forward since, however right it is in the end.
   */
  earlyUs(fromUs: number, toUs: number): number
}

/**
 * @param nodes The target's nodes.
 * @param clocks What has a clock that bears on verdicts: nodes, and stores that expire what they hold.
 */
export function openClocks(nodes: readonly string[], clocks: readonly string[]): Clocks {
  const lines = new Map([...nodes, ...clocks].map((name) => [name, offsetLine()]))
  const bearing = new Set(clocks.length > 0 ? clocks : nodes)
  const moving = new Map<string, Transition>()
  const everywhere: Transition[] = []
  let jumpedUs = 0

  const lineOf = (name: string): OffsetLine => {
    const known = lines.get(name)
    if (known !== undefined) return known
    const fresh = offsetLine()
    for (const transition of everywhere) fresh.moving(transition)
    lines.set(name, fresh)
    return fresh
  }
  const move = (on: string, transition: Transition): void => {
    const line = lines.get(on)
    if (line !== undefined) return line.moving(transition)
    everywhere.push(transition)
    for (const each of lines.values()) each.moving(transition)
  }
  /** Every presentation asks for the offset of one line, and nearly never is there anything to add to it. */
  const widened = (offset: OffsetUs): OffsetUs =>
    jumpedUs === 0 ? offset : { lowUs: offset.lowUs - jumpedUs, highUs: offset.highUs + jumpedUs }
  const hullOf = (names: Iterable<string>, fromUs: number, toUs: number): OffsetUs => {
    let lowUs = Infinity
    let highUs = -Infinity
    for (const name of names) {
      const offset = lines.get(name)?.over(fromUs, toUs) ?? UNKNOWN
      lowUs = Math.min(lowUs, offset.lowUs)
      highUs = Math.max(highUs, offset.highUs)
    }
    return lowUs > highUs ? UNKNOWN : widened({ lowUs, highUs })
  }

  return {
    see(event) {
      if (event.kind === 'clock') {
        lineOf(event.node).measured(event.atUs, event.lowUs, event.highUs)
        bearing.add(event.node)
      } else if (event.kind === 'fault' && event.fault.startsWith('clock.')) {
        seeFault(event, moving, move)
      } else if (event.kind === 'measured' && event.name === 'generator/wall-clock-jump-ms') {
        // Targets on this machine jumped with its wall clock, the harness's own clock did not.
        jumpedUs += Math.abs(event.value) * 1000
      }
    },
    offset(node, fromUs, toUs) {
      const line = node === null ? undefined : lines.get(node)
      return line === undefined ? hullOf(nodes, fromUs, toUs) : widened(line.over(fromUs, toUs))
    },
    earlyUs(fromUs, toUs) {
      let highestUs = -Infinity
      let swingUs = 0
      for (const name of bearing) {
        const { lowUs, highUs } = hullOf([name], fromUs, toUs)
        highestUs = Math.max(highestUs, highUs)
        swingUs = Math.max(swingUs, highUs - lowUs)
      }
      return bearing.size === 0 ? Infinity : highestUs + swingUs
    },
  }
}

/**
 * A clock is in transition from the moment a fault is being inflicted until that is confirmed, likewise for the mending.
 * What could not be confirmed may bite at any later time: that transition ends with the mending, or never.
 */
function seeFault(
  event: FaultEvent,
  moving: Map<string, Transition>,
  move: (on: string, transition: Transition) => void,
): void {
  const name = `${event.fault} ${event.on}`
  switch (event.stage) {
    case 'inflicting':
    case 'mending': {
      if (moving.has(name)) return
      const transition = { startUs: event.atUs, endUs: Infinity }
      moving.set(name, transition)
      return move(event.on, transition)
    }
    case 'confirmed':
    case 'mended': {
      const transition = moving.get(name)
      if (transition !== undefined) transition.endUs = event.atUs
      moving.delete(name)
      return
    }
    case 'unconfirmed':
    case 'unmended':
      return
  }
}
