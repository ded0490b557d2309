/** Goal: what is planned in units is judged in the same ones. Method: the judge's own cells of every stream that ships. */
import { describe, expect, test } from 'vitest'
import { shippedScenarios } from '../../../api/select.ts'
import type { Gate, Phase } from '../../../harness/model/scenario.ts'
import { openCells } from '../../../harness/oracle/counts/cells.ts'
import { openPlaces } from '../../../harness/oracle/scenarios/places.ts'
import { openSlots } from '../../../harness/oracle/time/slots.ts'
import { unitOf } from '../../../harness/plan/scenarios/unit.ts'

const METRICS: readonly Gate['metric'][] = ['far', 'frr', 'unavailability']
const PHASES: readonly Phase[] = ['steady', 'before', 'during', 'after']

const scenarios = await shippedScenarios()
const { all: places } = openPlaces({
  scenarios: scenarios.map((scenario) => ({ ...scenario, unsupported: null })),
})

describe('the unit of each stream', () => {
  test.each(places)('$scenario.name/$stream.name', (place) => {
    for (const metric of METRICS) {
      for (const phase of PHASES) {
        const cells = openCells(
          [place],
          openSlots([], () => 0),
        )
        cells.add({ ...place, index: 0 }, { phase, slot: 0 }, { metric, as: 'other' }, 1)
        const concluded = cells.conclude({ late: [], bothFrames: new Set(), windowAt: () => 0 })
        expect(concluded.cells).toMatchObject([
          { metric, phase, unit: unitOf(place.scenario, place.stream, metric, phase) },
        ])
      }
    }
  })
})
