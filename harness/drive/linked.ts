/** One signal for several. */

/**
 * Aborts when one of `signals` does. A plain signal: to ask a composite one whether it aborted costs more than sending needs
 * otherwise, and it is asked several times for each request.
 *
 * @param until None of `signals`: aborts when nobody asks any more, so that those which live longer let go of it.
 */
export function linked(signals: readonly AbortSignal[], until?: AbortSignal): AbortSignal {
  const controller = new AbortController()
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason)
    const abort = (): void => controller.abort(signal.reason)
    signal.addEventListener('abort', abort, until === undefined ? {} : { signal: until })
  }
  return controller.signal
}
