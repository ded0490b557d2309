/** What a scenario file may say and no schema can hold: that its names are known and its parts fit together. */
import { FINDINGS } from '../findings.ts'
import { problem, type Problem } from './problems.ts'
import { at } from './schema-walk.ts'

export function scenarioMeaning(value: unknown): readonly Problem[] {
  return [
    ...sameName(value),
    ...unknownStream(value),
    ...ofOneUsage(value),
    ...neverInForce(value),
    ...sharesOfNothing(value),
    ...climbing(value),
    ...neverGenuine(value),
    ...unknownFinding(value),
    ...unknownClass(value),
    ...notBetter(value),
  ]
}

function sameName(value: unknown): readonly Problem[] {
  const names = namesOf(value)
  return names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [problem(['streams', index, 'name'], 'a name that no other stream has')]
      : [],
  )
}

function unknownStream(value: unknown): readonly Problem[] {
  const names = namesOf(value)
  return indices(value, 'guards').flatMap((index) => {
    const path = ['guards', index, 'stream']
    const name = at(value, path)
    const known = typeof name !== 'string' || names.includes(name)
    return known ? [] : [problem(path, `the name of a stream (${names.join(', ')})`)]
  })
}

function ofOneUsage(value: unknown): readonly Problem[] {
  return indices(value, 'streams').flatMap((index) => {
    const member = (name: string): unknown => at(value, ['streams', index, name])
    const wrong = (name: string, expected: string) => problem(['streams', index, name], expected)
    const [usage, release = 'in-turn'] = [member('usage'), member('release')]
    const isClients = usage === 'client-authentication'
    const [several, tried] = [member('endpoints') !== undefined, member('tries') !== undefined]
    return [
      // Other endpoints ask who their client is, and take no other credential of ours.
      ...(several && !isClients
        ? [wrong('usage', 'client-authentication, for it goes to several endpoints')]
        : []),
      // A trial comes between the copies of one arrival, and is asked by the client itself.
      ...(tried && !isClients
        ? [wrong('usage', 'client-authentication, for its tokens are tried')]
        : []),
      ...(tried && release !== 'in-turn'
        ? [wrong('release', 'in-turn, for its tokens are tried')]
        : []),
      ...revoking(member, wrong),
    ]
  })
}

/** A token is followed from the one assertion that brought it. */
function revoking(
  member: (name: string) => unknown,
  wrong: (name: string, expected: string) => Problem,
): readonly Problem[] {
  if (member('revokes') === undefined) return []
  const because = 'for its tokens are revoked'
  return [
    ...(member('usage') === 'client-authentication'
      ? []
      : [wrong('usage', `client-authentication, ${because}`)]),
    ...((member('release') ?? 'in-turn') === 'in-turn'
      ? []
      : [wrong('release', `in-turn, ${because}`)]),
    ...((member('copies') ?? 1) === 1 ? [] : [wrong('copies', `1, ${because}`)]),
    ...(member('tries') === undefined
      ? []
      : [wrong('tries', `nothing, ${because}, which tries them too`)]),
  ]
}

function neverInForce(value: unknown): readonly Problem[] {
  const windows = [
    ...indices(value, 'faults').map((index) => ['faults', index]),
    ...indices(value, 'streams').map((index) => ['streams', index, 'arrivals']),
    ['mix'],
  ]
  return windows.flatMap((path) => {
    const [start, end] = [at(value, [...path, 'startSeconds']), at(value, [...path, 'endSeconds'])]
    if (typeof start !== 'number' || typeof end !== 'number' || start < end) return []
    return [problem([...path, 'endSeconds'], `a number of more than startSeconds (${start})`)]
  })
}

/** Shares need a whole, and make no more of it than it is. */
function sharesOfNothing(value: unknown): readonly Problem[] {
  const shares = indices(value, 'streams').filter(
    (index) => at(value, ['streams', index, 'arrivals', 'kind']) === 'share',
  )
  const [first] = shares
  if (first === undefined) return []
  if (at(value, ['mix']) === undefined)
    return [problem(['streams', first, 'arrivals'], 'a mix, for it is a share of one')]
  const sum = shares.reduce((all, index) => {
    const of = at(value, ['streams', index, 'arrivals', 'of'])
    return all + (typeof of === 'number' ? of : 0)
  }, 0)
  return sum > 1 + 1e-9 ? [problem(['mix'], `shares of 1 in all, not of ${sum}`)] : []
}

/** What climbs is a mix, step by step, with nothing broken meanwhile. */
function climbing(value: unknown): readonly Problem[] {
  const times = at(value, ['climb', 'times'])
  if (!Array.isArray(times)) return []
  const falls = times.findIndex((each, index) => index > 0 && each <= times[index - 1])
  return [
    ...(at(value, ['mix']) === undefined ? [problem(['climb'], 'a mix that climbs')] : []),
    ...(indices(value, 'faults').length > 0 ? [problem(['faults'], 'none, for it climbs')] : []),
    ...(falls < 0 ? [] : [problem(['climb', 'times', falls], `more than ${times[falls - 1]}`)]),
  ]
}

/** A first copy of its own, and no genuine one after it. */
function neverGenuine(value: unknown): readonly Problem[] {
  return indices(value, 'streams').flatMap((index) => {
    const [first, copies] = [
      at(value, ['streams', index, 'first']),
      at(value, ['streams', index, 'copies']),
    ]
    const alone = first !== undefined && (copies === undefined || copies === 1)
    return alone
      ? [problem(['streams', index, 'copies'], 'at least 2, for first is one of them')]
      : []
  })
}

function unknownFinding(value: unknown): readonly Problem[] {
  const paths = indices(value, 'streams').flatMap((index) =>
    ['finding', 'findingAmidFault'].map((member) => ['streams', index, member]),
  )
  return paths.flatMap((path) => {
    const name = at(value, path)
    const known = typeof name !== 'string' || FINDINGS.has(name)
    return known ? [] : [problem(path, 'a finding of the catalogue, by its id')]
  })
}

function unknownClass(value: unknown): readonly Problem[] {
  const classes = indices(value, 'streams').map((index) => at(value, ['streams', index, 'attack']))
  return indices(value, 'gates').flatMap((index) => {
    const path = ['gates', index, 'attack']
    const name = at(value, path)
    const known = typeof name !== 'string' || classes.includes(name)
    const names = classes.filter((each) => typeof each === 'string')
    return known ? [] : [problem(path, `the attack of a stream (${names.join(', ')})`)]
  })
}

/** A test between two rates needs one that is better than the limit. */
function notBetter(value: unknown): readonly Problem[] {
  return indices(value, 'gates').flatMap((index) => {
    const path = ['gates', index, 'sequential', 'good']
    const [good, below] = [at(value, path), at(value, ['gates', index, 'below'])]
    if (typeof good !== 'number' || typeof below !== 'number' || good < below) return []
    return [problem(path, `a rate below the limit (${below})`)]
  })
}

function namesOf(value: unknown): readonly unknown[] {
  return indices(value, 'streams').map((index) => at(value, ['streams', index, 'name']))
}

function indices(value: unknown, list: string): readonly number[] {
  const items = at(value, [list])
  return Array.isArray(items) ? [...items.keys()] : []
}
