/** Ctrl-C and SIGTERM: the run stops asking, mends what it broke, and says why it ended. */

export interface Stopping {
  readonly signal: AbortSignal
  release(): void
}

/** A further signal while mending is under way is only acknowledged: mending is never skipped. */
export function stopOnSignals(note: (text: string) => void): Stopping {
  const controller = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      note(`${name} again: still mending what was broken; this cannot be skipped`)
      return
    }
    note(`${name}: no further requests; mending what was broken, then ending`)
    controller.abort(new Error(`stopped by ${name}`))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}
