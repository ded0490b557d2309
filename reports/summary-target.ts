/** What the target promised and what was done to it. */
import type { Json } from '../harness/model/plan.ts'
import type { RecordedFault } from '../harness/model/record.ts'
import { excerpt, told } from './escape.ts'
import { milliseconds } from './figures.ts'
import { columns, wrap } from './layout.ts'
import type { Brush } from './paint.ts'

/** What follows from a declaration that this version knows. */
const EFFECTS: Readonly<Record<string, string>> = {
  'replay=single-use': 'a second acceptance of one assertion convicts it',
  'replay=not-promised': 'replays are counted, and convict only where the profile forbids them',
  'path=direct':
    'nothing between here and the target repeats requests, so a refused first use convicts it',
  'path=unknown': 'something between may repeat requests, so a refused first use convicts nobody',
  leewaySeconds: 'inside these bands past an edge in time either answer is right',
  maxLifetimeSeconds: 'assertions that live longer may be refused',
  'algorithms=as-registered': 'a key verifies in the one way that it is registered for',
  supports: 'it is asked about what it says it takes',
  propagationSeconds: 'what was added or taken back longer ago than this is judged by that',
  survives: 'it is held to single use across these faults too',
}

/** Each declaration with what it changed; what the target leaves open is not listed. */
export function declarationTexts(declares: Json): readonly string[] {
  if (typeof declares !== 'object' || declares === null || Array.isArray(declares)) return []
  return Object.entries(declares)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => {
      const text = valueText(value)
      const effect = EFFECTS[`${name}=${text}`] ?? EFFECTS[name] ?? 'changed no judgement'
      return `${excerpt(name, 30)} ${excerpt(text, 60)}: ${effect}`
    })
}

export function declarationLines(declares: Json, brush: Brush): readonly string[] {
  return declarationTexts(declares).flatMap((text) => wrap(text, '  ', { ...brush, hang: 4 }))
}

function valueText(value: Json): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((each) => valueText(each)).join(', ')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return Object.entries(value)
    .map(([name, each]) => `${name} ${valueText(each)}`)
    .join(', ')
}

/** Each fault as inflicted, when it was in force, and whether anyone saw it. */
export function faultLines(faults: readonly RecordedFault[], brush: Brush): readonly string[] {
  return columns(
    faults.map(({ name, on, rung, stages }) => [
      told(name),
      excerpt(on, 30),
      brush.dim(excerpt(rung, 20)),
      when(stages),
      state(stages, brush),
    ]),
  )
}

function when({
  inflicting,
  confirmed,
  unconfirmed,
  mending,
  mended,
}: RecordedFault['stages']): string {
  const from = confirmed ?? unconfirmed ?? inflicting
  const to = mending ?? mended
  return `${from === undefined ? '?' : milliseconds(from)} to ${to === undefined ? 'the end' : milliseconds(to)}`
}

function state({ confirmed, mended, unmended }: RecordedFault['stages'], brush: Brush): string {
  const seen = confirmed === undefined ? brush.yellow('never confirmed') : 'confirmed'
  if (unmended !== undefined) return `${seen}, ${brush.red('NOT MENDED')}`
  return mended === undefined ? `${seen}, ${brush.yellow('not seen mended')}` : `${seen}, mended`
}
