/** What is said between the harness and the process that holds its containers (host.ts). */
import type { Json } from '../../harness/model/plan.ts'

/** A container as it is to be started. Files and folders are those of this machine, by where they stand in the container. */
export interface Wanted {
  readonly image: string
  /** Absent for that of the image. */
  readonly command?: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Where it listens inside, and the port of this machine that leads there. */
  readonly port: number
  readonly hostPort: number
  /** It is known on each by these names. */
  readonly networks: readonly string[]
  readonly aliases: readonly string[]
  readonly files: Readonly<Record<string, string>>
  readonly mounts: Readonly<Record<string, string>>
  /** It finds this machine by the name HOST. */
  readonly asksHost?: boolean
}

/** What this machine is called within a container that asks it. */
export const HOST = 'host.docker.internal'

export type Order =
  /** Whether there is an engine at all. */
  | { readonly ask: 'engine' }
  | { readonly ask: 'start'; readonly name: string; readonly wanted: Wanted }
  | { readonly ask: 'state'; readonly name: string }
  | { readonly ask: Act; readonly name: string }
  | { readonly ask: 'connect'; readonly name: string; readonly on: Attachment }
  | { readonly ask: 'disconnect'; readonly name: string; readonly on: Attachment }
  | { readonly ask: 'exec'; readonly name: string; readonly command: readonly string[] }
  /** Removes every container and network. */
  | { readonly ask: 'end' }

/** `start` again is `again`; `remove` leaves nothing of it, its volumes neither. */
export type Act = 'pause' | 'unpause' | 'kill' | 'again' | 'remove'

export interface Attachment {
  readonly network: string
  readonly aliases: readonly string[]
}

/** What there is of a container. */
export interface State {
  /** `running`, `paused`, `exited` …; `none` when there is no such container. */
  readonly status: string
  /** The networks it is on, by the names that they were asked for by. */
  readonly networks: readonly string[]
  /** The end of what it printed, where it has ended. */
  readonly tail: string
}

/** An engine that answers. */
export interface Engine {
  /** The address by which containers reach the machine that it runs on; null where that is not known. */
  readonly gateway: string | null
}

export function isEngine(answer: Json): answer is Json & Engine {
  return typeof answer === 'object' && answer !== null && 'gateway' in answer
}

/** Why containers cannot be had: what is missing, and what would change that. */
export interface Missing {
  readonly missing: string
}

export function isState(answer: Json): answer is Json & State {
  return typeof answer === 'object' && answer !== null && 'status' in answer
}

export function isMissing(answer: Json): answer is Json & Missing {
  return typeof answer === 'object' && answer !== null && 'missing' in answer
}
