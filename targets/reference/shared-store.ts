/** The store that the nodes of a system share, whatever it is: where it listens, and what can be done to it. */
import type { Session, Site } from '../../harness/model/target.ts'
import type { Act } from '../levers/lever.ts'
import type { NodeConfig } from './config.ts'

export interface SharedStore {
  /** Where it listens now. */
  port(): number
  /** What nodes are told of it besides. */
  readonly told: Pick<NodeConfig, 'redis'>
  act(name: string): Act | null
  /** Why an act is not possible with it, if anything would make it so. */
  lacks(act: string): string | null
  clockOf: Session['clockOf']
  stop(): Promise<void>
}

/** @param moved To be called whenever it listens elsewhere. */
export type StartStore = (site: Site, moved: () => Promise<void>) => Promise<SharedStore>
