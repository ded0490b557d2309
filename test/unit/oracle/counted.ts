/** What one settled credential adds to each rate, in both frames, as `events/trials/owed`. */
import type { Stream } from '../../../harness/model/scenario.ts'
import { openCells } from '../../../harness/oracle/counts/cells.ts'
import { count } from '../../../harness/oracle/counts/counting.ts'
import type { Group } from '../../../harness/oracle/replay/use.ts'
import type { Refusal } from '../../../harness/oracle/refusals/standing.ts'
import { openPlaces } from '../../../harness/oracle/scenarios/places.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { openSlots } from '../../../harness/oracle/time/slots.ts'
import { court, exhibit, REFUSED } from './exhibits.ts'
import { START_US, streamOf } from './histories.ts'
import { judgingOf } from './small-scenario.ts'

export interface Given {
  readonly stream?: Partial<Stream>
  readonly singleUse?: boolean
  /** Whether the party turns out to work; null where that is not known yet. */
  readonly works?: boolean | null
  readonly group?: Partial<Group<Exhibit>> | null
}

export function counted(
  sightings: readonly Exhibit[],
  { stream = {}, singleUse = true, works = true, group = null }: Given = {},
) {
  const { all } = openPlaces(judgingOf({ streams: [streamOf(stream)] }))
  const [place] = all
  if (place === undefined) throw new RangeError('there is one')
  const slots = openSlots(['node-1', 'node-2'], () => START_US)
  const cells = openCells(all, slots)
  const { to } = court()
  const asked: Refusal[] = []
  const late: string[] = []
  const lateAt: (string | null)[] = []
  const doubted: Exhibit[] = []
  const none = { accepted: [], doubles: [], phantom: null, undecided: [], sameToken: [] }
  const settled = group === null ? null : { key: 'key', uses: sightings, ...none, ...group }
  const sum = { judged: 0, undecided: 0 }
  count({ sightings, group: settled, place }, place, sum, {
    cells,
    slots,
    late: {
      ...to.late,
      count: (_, { metric, phase, instead, slot }) => {
        late.push(`${metric} ${phase} ${instead}`)
        lateAt.push(slots.node(slot))
      },
    },
    standing: { ...to.standing, refused: (refusal) => void asked.push(refusal) },
    singleUse: {
      'client-authentication': singleUse,
      'authorization-grant': false,
      'bearer-token': false,
      'dpop-proof': false,
    },
    scenarios: { doubt: (_, refused) => void doubted.push(refused) },
  })
  if (works !== null) for (const { settle } of asked) settle(works)
  const told = cells.conclude({ late: [], bothFrames: new Set(), windowAt: () => 0 }).cells
  const rates = told.map(
    ({ metric, frame, events, trials, owed }) =>
      [frame === 'world' ? metric : `${metric} in code`, `${events}/${trials}/${owed}`] as const,
  )
  return { rates: Object.fromEntries(rates), sum, late, lateAt, doubted, asked }
}

export const rates = (...of: Parameters<typeof counted>) => counted(...of).rates
export const refused = (at: number, more: Partial<Exhibit> = {}) =>
  exhibit(at, { ...REFUSED, ...more })
export const ONCE = { stream: { copies: 1, attack: null } }
