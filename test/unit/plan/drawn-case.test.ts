/** Goal: a case that failed is asked again as it was. Method: every round of a search, against what its end kept. */
import { describe, expect, test } from 'vitest'
import { drawnIn } from '../../../api/case.ts'
import type { Property } from '../../../harness/model/property.ts'
import type { Step } from '../../../harness/model/plan.ts'
import { planDrawnCase } from '../../../harness/plan/properties/drawn-case.ts'
import { planProperty } from '../../../harness/plan/properties/property.ts'
import { seeded } from '../../../harness/random.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { PROPERTIES } from '../../../suites/properties/index.ts'
import { conductAll, isControl } from './drawn.ts'
import { PUBLISHING } from './facts.ts'

const [{ policy }] = PROFILES

/** Of the first round every third case fails, and nothing after it. */
function failing(steps: readonly Step[]): readonly string[] {
  const first = steps.filter((step) => !isControl(step) && step.name.includes('/r0/'))
  const ids = new Set(first.map(({ caseId }) => caseId))
  return [...ids].filter((id) => numberOf(id) % 3 === 1)
}

/** A case has one number, under whichever names its requests stand. */
function numberOf(id: string): number {
  return Number(id.split('/').at(-1))
}

/** All that matters of steps, without the round that their names tell. */
function matter(steps: readonly Step[], caseId: string): readonly unknown[] {
  const text = JSON.stringify(
    steps
      .filter((step) => step.caseId === caseId)
      .map(({ parts, params, node, principal }) => ({ parts, params, node, principal })),
  )
  return JSON.parse(text.replaceAll(/\/r\d+\//g, '/r0/'))
}

function again(property: Property, caseId: string, drawn: Parameters<typeof JSON.stringify>[0]) {
  const options = { random: seeded('7'), caseId, drawn }
  const next = planDrawnCase(property, policy, PUBLISHING, options).experiment.start()
  return 'ask' in next ? [...next.ask] : []
}

describe.each(PROPERTIES.map((property) => [property.name, property] as const))(
  '%s',
  (_, property) => {
    // Few are drawn where each needs what all of them wait for.
    const runs = property.kind === 'rotations' ? 20 : null
    const { experiment } = planProperty(property, policy, PUBLISHING, { random: seeded('7'), runs })
    const { rounds, conclusion } = conductAll(experiment, failing)
    const [steps = []] = rounds
    const record = { scenarios: [{ conclusion }] }

    test('asks whatever failed again with the same requests, between controls', () => {
      const failed = failing(rounds[0] ?? [])
      expect(failed.length).toBeGreaterThan(5)
      for (const caseId of failed) {
        const asked = again(property, caseId, drawnIn(record, caseId))
        expect(matter(asked, caseId)).toEqual(matter(steps, caseId))
        expect([asked.at(0), asked.at(-1)].every((step) => step && isControl(step))).toBe(true)
        const own = asked.filter((step) => !isControl(step))
        expect(new Set(own.map((step) => numberOf(step.caseId)))).toEqual(
          new Set([numberOf(caseId)]),
        )
      }
    })

    test('keeps nothing of what did not fail', () => {
      const ids = steps.filter((step) => !isControl(step)).map(({ caseId }) => caseId)
      const others = ids.filter((id) => numberOf(id) % 3 !== 1)
      expect(others.filter((id) => drawnIn(record, id) !== undefined)).toEqual([])
    })
  },
)
