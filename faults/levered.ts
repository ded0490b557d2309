/** Faults that are acts of a lever: the lever knows how each is done, seen and undone. */
import type { Fault, LeverName } from '../harness/model/fault.ts'

export function levered(
  of: LeverName,
  name: string,
  { title, forgets }: Pick<Fault, 'title' | 'forgets'>,
): Fault {
  return {
    name: `${of}.${name}`,
    title,
    needs: [of],
    forgets,
    act: { of, name },
    inflict: (on, controls, _site, options) => controls[of].inflict(name, on, options),
  }
}
