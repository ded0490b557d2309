/**
 * A world to be simulated, as plain data: who is asked, by whom, over what, by which clocks, and what breaks. Whatever is
 * random in it is drawn from its seed, by name, so that one world has one history.
 */
import type { FaultWindow } from '../../harness/model/plan.ts'
import type { Arrivals, Stream } from '../../harness/model/scenario.ts'
import type { LinkOptions } from './link.ts'
import type { RightWay } from './right-ways.ts'

export interface World {
  readonly seed: string
  /** The name of its one scenario. */
  readonly scenario: string
  readonly system: System
  readonly traffic: readonly Traffic[]
  readonly faults: readonly PlannedFault[]
  /** By the name of a node or `store`; a clock that is not named is right. */
  readonly clocks: Readonly<Record<string, ClockCourse>>
  readonly readings: Readings
  readonly path: Path
  /** How many requests are sent; all of the traffic where null. */
  readonly most: number | null
}

export type System =
  | { readonly kind: 'shipped'; readonly flaw?: string; readonly variant?: string }
  | { readonly kind: 'right'; readonly way: RightWay }

/** At the token endpoint, and of the kinds of arrivals one that no draw and no mix has a say in. */
export type WorldStream = Stream & {
  readonly arrivals: Extract<Arrivals, { readonly kind: 'even' | 'burst' | 'in-turn' }>
}

export function isWorldStream(stream: Stream): stream is WorldStream {
  const { arrivals, endpoints } = stream
  return endpoints === undefined && ['even', 'burst', 'in-turn'].includes(arrivals.kind)
}

export type Traffic =
  | { readonly kind: 'stream'; readonly stream: WorldStream }
  /** Requests one by one. The stream is the one they are judged as: its copies are as many as each of them has. */
  | {
      readonly kind: 'script'
      readonly stream: Stream
      readonly credentials: readonly ScriptedCredential[]
    }
  | { readonly kind: 'checks'; readonly blocks: readonly ScriptedBlock[] }

/** Stimuli of checks, each when the one before was answered, between two controls; judged by tables of their own. */
export interface ScriptedBlock {
  readonly id: string
  /** A principal, whose usage the block's is. */
  readonly by: string
  /** The index of a node. */
  readonly node: number
  /** Microseconds from the start of the round. */
  readonly atUs: number
  /** From each answer to the next request; at least one. */
  readonly pauseUs: number
  readonly stimuli: readonly ScriptedStimulus[]
  readonly dice: number
}

export interface ScriptedStimulus {
  /** `twice` is genuine, and sent a second time. */
  readonly says: Saying | 'twice'
  /** How long it is still good when it is sent; negative when that is over. */
  readonly leftSeconds: number
}

/** Times in microseconds from the start of the round. */
export interface ScriptedCredential {
  /** A principal, whose usage is the credential's. */
  readonly by: string
  readonly iatUs: number
  readonly expUs: number
  readonly nbfUs: number | null
  /** How its identifier begins, where that matters; one of its own when absent. */
  readonly stem?: string
  /** A client that authenticates in the same requests, by a fresh assertion in each or by one and the same. */
  readonly beside: { readonly by: string; readonly fresh: boolean } | null
  readonly copies: readonly ScriptedCopy[]
}

/** What a copy is, compared with the credential: itself, or under the same identifier something else. */
export type Saying =
  | 'genuine'
  /** The same signed object in other bytes. */
  | 'other-bytes'
  /** Another signed object of the same issuer, which ends five seconds later. */
  | 'signed-again'
  | 'forged'
  | 'foreign-audience'

export interface ScriptedCopy {
  readonly atUs: number
  /** The index of a node. */
  readonly node: number
  /** Whether the client asked for that node, or for whichever answers. */
  readonly named: boolean
  readonly says: Saying
  /** Its delays and losses are drawn by this number, so that they stay when others of the script go. */
  readonly dice: number
}

export interface PlannedFault extends FaultWindow {
  /** Whether it is seen to be in force, and to have gone; what is not seen happens all the same. */
  readonly seen: { readonly confirmed: boolean; readonly mended: boolean }
}

/** How a clock goes, apart from what faults do to it. */
export interface ClockCourse {
  readonly offsetUs: number
  /** Within the 500 ppm that clocks may part by when nobody touches them. */
  readonly driftPpm: number
  /** When it begins to drift the other way. */
  readonly turnsUs: number | null
  /** A step that nobody told of, such as a time service makes. */
  readonly step: { readonly atUs: number; readonly toUs: number } | null
}

export interface Readings {
  readonly everySeconds: number
  /** How far the bounds of a reading may lie from what was read, on either side. */
  readonly slackUs: number
  /** Clocks that are never read. */
  readonly unread: readonly string[]
}

/** What lies between the client, the nodes and the store. */
export interface Path {
  readonly links: {
    readonly client: Omit<LinkOptions, 'random'>
    readonly store: Omit<LinkOptions, 'random'>
  }
  readonly patienceSeconds: number
  /** Something in front of the nodes that asks once more where no answer came, or a failure. */
  readonly repeats: boolean
  /** Something in front of the nodes that answers what it has seen accepted for so many seconds; 0 for none. */
  readonly cachesSeconds: number
  /** Whether what stands in front of the nodes says so. */
  readonly via: boolean
}
