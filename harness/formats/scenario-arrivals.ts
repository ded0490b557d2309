/** How often something comes, as a scenario file says it. */
import { z } from 'zod'

const seconds = z.number().min(0)
const count = z.int().min(1)
const during = { startSeconds: seconds, endSeconds: seconds }
export const rate = z.number().positive()

export const even = z.strictObject({ kind: z.literal('even'), perSecond: rate, ...during })
export const poisson = z.strictObject({ kind: z.literal('poisson'), perSecond: rate, ...during })
export const ramp = z.strictObject({
  kind: z.literal('ramp'),
  fromPerSecond: z.number().min(0),
  toPerSecond: z.number().min(0),
  ...during,
})
export const staircase = z.strictObject({
  kind: z.literal('staircase'),
  perSecond: z.array(rate).min(1),
  ...during,
})

export const arrivals = z.discriminatedUnion('kind', [
  even,
  poisson,
  ramp,
  staircase,
  z.strictObject({ kind: z.literal('in-turn'), count }),
  z.strictObject({
    kind: z.literal('burst'),
    count,
    atSeconds: seconds,
    times: count.exactOptional(),
    everySeconds: z.number().positive().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('share'), of: z.number().positive().max(1) }),
])
