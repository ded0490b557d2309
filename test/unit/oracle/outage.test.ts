import { describe, expect, test } from 'vitest'
import {
  isNewKeyRefused,
  isOutageToldAsClientError,
  nameOfRefusal,
} from '../../../harness/oracle/refusals/outage.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'

const CUT = 'link.cut on node-2>store'

/** A refusal of node-2, presented once, while it was cut off from the store; a test names what differs. */
function refusal(change: Partial<Exhibit> = {}): Exhibit {
  return { node: 'node-2', phase: 'during', faultsInForce: [CUT], ...change } as Exhibit
}

describe('a refusal while nothing passes between its node and the store', () => {
  const blamed = (change: Partial<Exhibit>) => {
    const refused = refusal(change)
    return isOutageToldAsClientError(refused, [refused])
  }
  test('is the store’s trouble told as the client’s, however nothing passes', () => {
    expect(blamed({})).toBe(true)
    expect(blamed({ faultsInForce: ['link.black-hole on node-2>store'] })).toBe(true)
    expect(blamed({ faultsInForce: ['store.outage on store'] })).toBe(true)
    expect(blamed({ faultsInForce: ['store.outage on store', CUT] })).toBe(true)
  })
  test('must not be blamed on a node where another fault may have spent the credential', () => {
    expect(blamed({ faultsInForce: [CUT, 'clock.offset on node-2'] })).toBe(false)
    expect(blamed({ faultsInForce: ['store.flush on store', CUT] })).toBe(false)
  })
  test('must not be blamed on a node that could ask, or of which nobody knows which it was', () => {
    expect(blamed({ node: 'node-1' })).toBe(false)
    expect(blamed({ node: null })).toBe(false)
    expect(blamed({ faultsInForce: [] })).toBe(false)
  })
  test('must not be blamed on it while the fault comes or goes', () => {
    expect(blamed({ phase: 'transition' })).toBe(false)
    expect(blamed({ phase: 'after' })).toBe(false)
  })
  test('must not be blamed on it where another copy may have been taken before', () => {
    const refused = refusal()
    expect(isOutageToldAsClientError(refused, [refusal({ node: 'node-1' }), refused])).toBe(false)
  })
})

describe('a refusal under a new key', () => {
  const stream = { keyState: { is: 'added' } }
  const blamed = (change: object, copies = 1) => {
    const of = { place: { stream }, faultsInForce: ['keys.add on directory'], ...change }
    const refused = refusal(of as unknown as Partial<Exhibit>)
    return isNewKeyRefused(
      refused,
      Array.from({ length: copies }, () => refused),
    )
  }
  test('is held against the target while nothing but keys had changed', () => {
    expect(blamed({})).toBe(true)
    expect(blamed({ faultsInForce: [] })).toBe(true)
  })
  test('must not be amid any other fault, nor of a credential presented twice', () => {
    expect(blamed({ faultsInForce: ['keys.add on directory', CUT] })).toBe(false)
    expect(blamed({ faultsInForce: [CUT] })).toBe(false)
    expect(blamed({}, 2)).toBe(false)
  })
  test('must not be of a key that was not added, or where nobody says', () => {
    expect(blamed({ place: { stream: { keyState: { is: 'removed' } } } })).toBe(false)
    expect(blamed({ place: { stream: {} } })).toBe(false)
    expect(blamed({ place: null })).toBe(false)
  })
})

test('a refusal is named by who else may have had a hand in it, and by what came before', () => {
  const of = { implementation: true, forgery: false, alone: true }
  expect(nameOfRefusal(of)).toBe('refusal/valid-refused')
  expect(nameOfRefusal({ ...of, alone: false })).toBe('replay/refused-first-use')
  expect(nameOfRefusal({ ...of, forgery: true })).toBe('replay/burned-by-forgery')
  expect(nameOfRefusal({ ...of, forgery: true, implementation: false })).toBe(
    'replay/refused-once-presented',
  )
})
