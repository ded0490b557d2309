/** Stops a process and lets it go on (SIGSTOP, SIGCONT), by a guard that lets it go on when the harness is gone, too. */
import { entry } from '../../harness/entry.ts'
import type { Site } from '../../harness/model/target.ts'
import { startChild, type Child } from './child.ts'

export interface Pausing {
  pause(pid: number): Promise<void>
  /** Lets it go on, if it was paused. */
  resume(): Promise<void>
}

export function pausing(site: Pick<Site, 'adopt'>, name: string): Pausing {
  let guard: Child | null = null
  return {
    async pause(pid) {
      guard ??= await startChild(site, {
        name: `${name} (pause)`,
        module: entry(import.meta, './pause-guard'),
        preloads: [],
      })
      await guard.ask('program', pid)
    },
    async resume() {
      const running = guard
      guard = null
      await running?.stop()
    },
  }
}
