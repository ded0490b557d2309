/** A system that cannot be started here, for want of something that can be installed. */
import { CupelError } from '../harness/errors.ts'
import type { Session } from '../harness/model/target.ts'

export function absent(nodes: readonly string[], missing: string): Session {
  return {
    missing,
    nodes,
    clocks: [],
    controls: {},
    clock: null,
    connect: () => Promise.reject(new CupelError('ERR_TARGET_START', missing)),
    clockOf: async () => null,
    close: async () => undefined,
  }
}
