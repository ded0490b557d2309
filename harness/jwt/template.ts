/** Fills in what only the moment of sending knows: the markers of a Source's claims. */
import type { Json } from '../model/plan.ts'

/** Markers that a plan fills in; one that is still there would be minted as a claim nobody meant. */
const PLANNED_MARKER = '$audience'

export interface Moment {
  /** When the assertion is to be sent, in microseconds since 1970. */
  readonly atUs: number
  readonly runId: string
}

/**
 * Claims with each `{ "$now": seconds }` and `{ "$jti": text }` replaced, at any depth. `$now` counts from the whole
 * second that `atUs` lies in, so it stays an integer where its seconds are one (NumericDate, RFC 7519 §2); `$nowText` is
 * the same date as a text, which is the wrong type for one, and `$nowMs` the same in milliseconds, which is no NumericDate.
 *
 * @throws {RangeError} When a marker is malformed, has company, or is one that the plan had to fill in.
 */
export function resolve(template: Json, moment: Moment): Json {
  if (typeof template !== 'object' || template === null) return template
  if (isList(template)) return template.map((each) => resolve(each, moment))
  const marker = Object.keys(template).find((name) => isMarker(name))
  if (marker !== undefined) return filled(template, marker, moment)
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, resolve(value, moment)]),
  )
}

function filled(template: { readonly [key: string]: Json }, marker: string, moment: Moment): Json {
  const value = template[marker]
  if (Object.keys(template).length === 1) {
    if (marker === '$now' && typeof value === 'number') return Math.floor(moment.atUs / 1e6) + value
    if (marker === '$nowText' && typeof value === 'number')
      return String(Math.floor(moment.atUs / 1e6) + value)
    if (marker === '$nowMs' && typeof value === 'number')
      return (Math.floor(moment.atUs / 1e6) + value) * 1000
    if (marker === '$jti' && typeof value === 'string') return value + moment.runId
  }
  throw new RangeError(`${JSON.stringify(template)} cannot be filled in when minting`)
}

const MARKERS: ReadonlySet<string> = new Set(['$now', '$nowText', '$nowMs', '$jti', PLANNED_MARKER])

function isMarker(name: string): boolean {
  return MARKERS.has(name)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
