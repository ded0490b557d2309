/** What an opened target can be broken with: its levers, and load of our own where it may be put on. */
import type { Fault, Lever, LeverName } from '../harness/model/fault.ts'
import type { Session } from '../harness/model/target.ts'
import type { Offered } from '../harness/plan/scenarios/scenario.ts'

/**
 * @param presses Whether load may be put on it.
 * @param faults Every fault there is.
 */
export function offeredBy(
  { controls, missing, lacking = {} }: Pick<Session, 'controls' | 'missing' | 'lacking'>,
  presses: boolean,
  faults: readonly Fault[],
): Offered {
  return {
    missing: missing ?? null,
    lacking,
    controls: [...Object.keys(controls), ...(presses ? ['load'] : [])],
    lacks({ fault: name, on }) {
      const act = faults.find((each) => each.name === name)?.act
      if (act === undefined) return null
      return lackOf(controls[act.of], act, on)
    },
  }
}

function lackOf(
  lever: Lever | undefined,
  { of, name }: { readonly of: LeverName; readonly name: string },
  on: string,
): string | null {
  if (lever === undefined) return `needs the control ${of}, which the target does not offer`
  if (lever.rung(name, on) !== null) return null
  const why = lever.lacks?.(name, on) ?? null
  return `needs ${of}.${name} on ${on}, which the target does not offer${why === null ? '' : `: ${why}`}`
}
