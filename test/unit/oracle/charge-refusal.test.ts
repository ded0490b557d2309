/** What a refusal is charged as, and what it takes for one to be held against the target. */
import { describe, expect, test } from 'vitest'
import { chargeRefusal, noteTurnedAway } from '../../../harness/oracle/charges/refusal.ts'
import type { Group } from '../../../harness/oracle/replay/use.ts'
import type { Settlement } from '../../../harness/oracle/settlement.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import { streamOf } from './histories.ts'
import { court, exhibit, FOREIGN, REFUSED, VALID, type Court } from './exhibits.ts'

const refused = (at: number, more: Partial<Exhibit> = {}) => exhibit(at, { ...REFUSED, ...more })

function alone(only: Exhibit): Settlement {
  return { sightings: [only], group: null, place: only.place }
}

/** A group whose first refusal nothing excuses. */
function phantom(
  use: Exhibit,
  others: readonly Exhibit[],
  more: { readonly implementation?: boolean; readonly afterForgery?: boolean } = {},
): Settlement {
  const sightings = [...others, use].toSorted((a, b) => a.fromUs - b.fromUs)
  const group: Group<Exhibit> = {
    key: 'key',
    uses: sightings,
    accepted: [],
    doubles: [],
    phantom: { use, implementation: true, afterForgery: false, ...more },
    undecided: [],
    sameToken: [],
  }
  return { sightings, group, place: use.place }
}

/** What is charged once it turns out that the party works. */
function charged(settlement: Settlement, at: Court = court(), works = true) {
  chargeRefusal(settlement, at.to)
  for (const { settle } of at.asked) settle(works)
  return at.charged.map(({ finding, obliges }) => `${finding}${obliges ? '' : ' (noted)'}`)
}

const AMID = { faultsInForce: ['clock.step on node-1'] }
const CUT = { phase: 'during', faultsInForce: ['link.cut on node-1>store'] } as const

describe('of a credential that was presented once, a refusal', () => {
  test('is charged in quiet, on a direct path, and only noted otherwise', () => {
    expect(charged(alone(refused(2)))).toEqual(['refusal/valid-refused'])
    const noted = ['replay/refused-once-presented (noted)']
    expect(charged(alone(refused(2, AMID)))).toEqual(noted)
    expect(charged(alone(refused(2)), court({ path: 'unknown' }))).toEqual(noted)
  })

  test('is nothing where the party does not work', () => {
    expect(charged(alone(refused(2)), court(), false)).toEqual([])
  })

  test('is nothing where it was not one, or nothing was owed', () => {
    for (const outcome of ['accepted', 'failed', 'unanswered', 'elsewhere'] as const) {
      expect(charged(alone(exhibit(2, { outcome })))).toEqual([])
    }
    expect(charged(alone(refused(2, { code: FOREIGN })))).toEqual([])
    expect(charged(alone(refused(2, { code: { ...VALID, deserves: 'either' } })))).toEqual([])
    expect(charged({ sightings: [], group: null, place: null })).toEqual([])
  })

  test('is asked about with its party, and with when it was sent and answered', () => {
    const at = court()
    chargeRefusal(alone(refused(2)), at.to)
    const { fromUs, toUs } = refused(2)
    expect(at.asked).toMatchObject([
      { principal: 'honest', begunUs: fromUs, answeredUs: toUs, prompt: null },
    ])
  })

  test('is asked about at once where the case was drawn, and apart where it was searched for', () => {
    const place = { scenario: { drawn: true }, stream: streamOf(), index: 0 } as never
    const prompt = (more: Partial<Exhibit>) => {
      const at = court()
      chargeRefusal(alone(refused(2, more)), at.to)
      return at.asked.map((each) => each.prompt)
    }
    expect(prompt({ place })).toEqual(['drawn'])
    expect(prompt({ place, searched: true })).toEqual(['searched'])
    expect(prompt({ searched: true })).toEqual([null])
  })
})

describe('a lock-out', () => {
  test('excuses what would be held against the target, and leaves that in doubt', () => {
    const at = court({ mayExplain: true })
    expect(charged(alone(refused(2)), at)).toEqual([])
    expect(at.excused).toMatchObject([{ party: 'client-1', node: 'node-1' }])
    expect(at.doubted).toHaveLength(1)
  })

  test('leaves what is only noted as it is', () => {
    const at = court({ mayExplain: true })
    expect(charged(alone(refused(2, AMID)), at)).toEqual(['replay/refused-once-presented (noted)'])
    expect([at.excused, at.doubted]).toEqual([[], []])
  })

  test('is asked otherwise of a node without its store: whether it may follow a failure', () => {
    const OUTAGE = ['refusal/outage-told-as-client-error']
    expect(charged(alone(refused(2, CUT)), court({ mayExplain: true }))).toEqual(OUTAGE)
    expect(charged(alone(refused(2, CUT)), court({ mayFollow: true }))).toEqual([])
    // And of no other refusal.
    expect(charged(alone(refused(2)), court({ mayFollow: true }))).toEqual([
      'refusal/valid-refused',
    ])
  })
})

describe('of a credential that was presented more often, a refusal that nothing excuses', () => {
  const other = exhibit(1, { ...REFUSED, authentic: false })
  test('is named by what came before it', () => {
    expect(charged(phantom(refused(2), [refused(3)]))).toEqual(['replay/refused-first-use'])
    expect(charged(phantom(refused(2), [other], { afterForgery: true }))).toEqual([
      'replay/burned-by-forgery',
    ])
  })

  test('is only noted where something else may have a hand in it, whatever the path', () => {
    const noted = ['replay/refused-once-presented (noted)']
    expect(charged(phantom(refused(2), [other], { implementation: false }))).toEqual(noted)
    const forged = { implementation: false, afterForgery: true }
    expect(charged(phantom(refused(2), [other], forged))).toEqual(noted)
  })

  test('is the outage of no node: another copy may have been taken', () => {
    expect(charged(phantom(refused(2, CUT), [other], { implementation: false }))).toEqual([
      'replay/refused-once-presented (noted)',
    ])
  })

  test('is none where there is none', () => {
    const settled = phantom(refused(2), [exhibit(1)])
    const { group } = settled
    const excused = { ...settled, group: group && { ...group, phantom: null } }
    expect(charged(excused)).toEqual([])
  })
})

describe('in words', () => {
  const words = (settlement: Settlement) => {
    const at = court()
    charged(settlement, at)
    return at.charged[0]?.words()
  }

  test('it says that nothing came before, and shows itself first', () => {
    expect(words(phantom(refused(2), [refused(3)]))).toEqual({
      scenario: 's',
      caseId: 's/stream/0',
      check: null,
      finding: 'replay/refused-first-use',
      obliges: true,
      obligation: 'derived',
      because:
        "node-1 refused (401 invalid_client) at 2010.0 ms a client assertion that nothing came before, though nothing about it was wrong and 'honest' was accepted next before and next after; no fault was in force.",
      spec: ['RFC 7523 §3'],
      witness: [
        expect.objectContaining({ step: 's/r0/stream/0/at-2' }),
        expect.objectContaining({ step: 's/r0/stream/0/at-3' }),
      ],
    })
  })

  test('it shows forgeries first where they came before, two of them at most, and itself', () => {
    const forged = [0.5, 1, 1.5].map((at) => exhibit(at, { ...REFUSED, authentic: false }))
    const told = words(phantom(refused(2), forged, { afterForgery: true }))
    expect(told?.because).toContain('that only a forged copy came before')
    expect(told?.witness.map(({ step }) => step)).toEqual([
      's/r0/stream/0/at-0.5',
      's/r0/stream/0/at-1',
      's/r0/stream/0/at-2',
    ])
  })
})

describe('evidence about the party', () => {
  const noted = (settlement: Settlement) => {
    const at = court()
    noteTurnedAway(settlement, at.to)
    return at.turnedAway.map(({ step }) => step)
  }

  test('is the refusal of what was owed an acceptance, the first that nothing can excuse', () => {
    expect(noted(alone(refused(2)))).toEqual(['s/r0/stream/0/at-2'])
    expect(noted(phantom(refused(2), [refused(3)]))).toEqual(['s/r0/stream/0/at-2'])
    expect(noted(alone(refused(2, { code: FOREIGN })))).toEqual([])
    expect(noted(alone(exhibit(2)))).toEqual([])
  })

  test('is no refusal of what may have been honoured before, whenever that was sent', () => {
    for (const outcome of ['accepted', 'failed', 'unanswered'] as const) {
      expect(noted(phantom(refused(2), [exhibit(1, { outcome })]))).toEqual([])
      expect(noted(phantom(refused(2), [exhibit(3, { outcome })]))).toHaveLength(1)
    }
    expect(noted(phantom(refused(2), [exhibit(1, { outcome: 'elsewhere' })]))).toHaveLength(1)
    expect(
      noted(phantom(refused(2), [exhibit(1, { outcome: 'failed', begunUs: null })])),
    ).toHaveLength(1)
  })
})
