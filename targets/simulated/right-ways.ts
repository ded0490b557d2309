/** Servers that do nothing wrong, each in a way of its own. Whoever convicts one of them convicts wrongly. */
import { known, type Asking } from '../reference/asking.ts'
import { FAULTLESS, type Behaviour } from '../reference/behaviour.ts'
import { refuse, type Decide, type Outcome } from '../reference/decide.ts'
import { replayMemory } from '../reference/memory.ts'
import { spendFirst, spendLast, type Spend } from '../reference/spending.ts'

export interface RightWay {
  readonly leewaySeconds: number
  /** Who is granted it: all parties, or some of them, and the others none. */
  readonly leewayFor: 'all' | 'some'
  /**
   * How it reads its clock against the end of an assertion: `whole-seconds` cuts off, `inclusive` cuts off and still accepts
   * in the last of them, which is a second longer than it remembers, `early` rounds up.
   */
  readonly reads: 'exactly' | 'whole-seconds' | 'inclusive' | 'early'
  readonly takes: 'last' | 'first-and-released' | 'first-and-kept'
  /** Of copies that meet in the store, one is let in; or none is, where nobody can tell which came first. */
  readonly meeting: 'one-wins' | 'none-wins'
  /** Whether an identifier is one party's own, or everybody's. */
  readonly scope: 'issuer' | 'global'
  /** How the memory ends: by a time on the store's clock, or after a lifetime that the node works out. */
  readonly endsBy: 'time' | 'lifetime'
  /** Where it remembers: in a store that all nodes share, or in its one node alone, which forgets when that is killed. */
  readonly memory: 'shared' | 'own'
  /** How much longer than it must it remembers. */
  readonly keepsLongerSeconds: number
  /** Refuses a party, or everybody, for some seconds after so many refusals in a row, at one node or everywhere. */
  readonly lockOut: LockOut | null
  /** Whether a token is handed out for one assertion, or to one party for some seconds. */
  readonly tokens: 'fresh' | 'of-party'
  readonly trouble: Trouble
  /** Whether its store client asks with the same request after a lost connection, or with another. */
  readonly retry: 'same-request' | 'another'
}

export interface LockOut {
  readonly refusals: number
  readonly seconds: number
  readonly at: 'node' | 'everywhere'
  /** Who is locked out: the party that failed, or whoever asks from where it asked, which is everybody here. */
  readonly whom: 'party' | 'source'
}

/** How often something goes wrong that is nobody's doing, each in [0, 1]. */
export interface Trouble {
  /** An error before anything was looked at. */
  readonly before: number
  /** An error once the assertion was taken. */
  readonly after: number
  /** A refusal that does not speak of the assertion, once it was taken. */
  readonly elsewhere: number
  /** Whether an assertion that was taken in vain is given back. */
  readonly givesBack: boolean
}

export const NO_TROUBLE: Trouble = { before: 0, after: 0, elsewhere: 0, givesBack: false }

export const PLAIN: RightWay = {
  leewaySeconds: 10,
  leewayFor: 'all',
  reads: 'exactly',
  takes: 'last',
  meeting: 'one-wins',
  scope: 'issuer',
  endsBy: 'time',
  memory: 'shared',
  keepsLongerSeconds: 0,
  lockOut: null,
  tokens: 'fresh',
  trouble: NO_TROUBLE,
  retry: 'same-request',
}

const SPENDS: Readonly<Record<RightWay['takes'], Spend>> = {
  last: spendLast,
  'first-and-released': spendFirst('released'),
  'first-and-kept': spendFirst('spent'),
}

/** The behaviour of each node of one system. */
export function rightBehaviours(way: RightWay): (nowMs: () => number) => Behaviour {
  const everywhere: Failures = new Map()
  const meetings: Meetings = new Map()
  return (nowMs) => {
    const failures: Failures = way.lockOut?.at === 'everywhere' ? everywhere : new Map()
    return rightBehaviour(way, { failures, meetings, nowMs })
  }
}

interface Shared {
  readonly failures: Failures
  readonly meetings: Meetings
  readonly nowMs: () => number
}

function rightBehaviour(way: RightWay, { failures, meetings, nowMs }: Shared): Behaviour {
  const { leewaySeconds, keepsLongerSeconds, lockOut, meeting } = way
  const alone = SPENDS[way.takes]
  const spend = meeting === 'one-wins' ? alone : noneWins(alone, meetings)
  const take = way.memory === 'own' ? ownMemory(nowMs) : FAULTLESS.take
  return {
    ...FAULTLESS,
    rules: (rules) => ({ ...rules, leewaySeconds }),
    decide: way.leewayFor === 'all' ? reading(way.reads) : strictToOthers(reading(way.reads)),
    key: way.scope === 'global' ? ({ usage, jti }) => `${usage} ${jti ?? ''}` : FAULTLESS.key,
    take: (key, keepUntilMs) => take(key, keepUntilMs + keepsLongerSeconds * 1000),
    spend: lockOut === null ? spend : lockingOut(spend, { ...lockOut, failures, nowMs }),
  }
}

/** Grants its leeway to every other party by the length of its name, as one does that has it set for each. */
function strictToOthers(decide: Decide): Decide {
  return (assertion, party, rules, nowSeconds) => {
    const isGranted = (assertion.issuer ?? '').length % 2 === 0
    return decide(assertion, party, isGranted ? rules : { ...rules, leewaySeconds: 0 }, nowSeconds)
  }
}

/** Whatever a server makes of the seconds, it remembers as long as the plain one does. */
function reading(reads: RightWay['reads']): Decide {
  if (reads === 'exactly') return FAULTLESS.decide
  return (assertion, party, rules, nowSeconds) => {
    const { expSeconds } = assertion
    const inclusive = reads === 'inclusive' && expSeconds !== null
    const { maxLifetimeSeconds } = rules
    const decided = FAULTLESS.decide(
      inclusive ? { ...assertion, expSeconds: expSeconds + 0.5 } : assertion,
      party,
      // The longest life is measured from the end as it stands.
      inclusive && maxLifetimeSeconds !== null
        ? { ...rules, maxLifetimeSeconds: maxLifetimeSeconds + 0.5 }
        : rules,
      reads === 'early' ? Math.ceil(nowSeconds) : Math.floor(nowSeconds),
    )
    if (decided.kind !== 'take' || !inclusive) return decided
    return { ...decided, keepUntilSeconds: Math.ceil(expSeconds + rules.leewaySeconds) }
  }
}

function ownMemory(nowMs: () => number): Behaviour['take'] {
  const memory = replayMemory()
  let requests = 0
  return (key, keepUntilMs) => known(memory.insert(key, String(requests++), keepUntilMs, nowMs()))
}

/** How many requests of one assertion are under way, and whether any met another. */
type Meetings = Map<string, { underWay: number; met: boolean }>

/** What meets another acceptable copy on the way is refused, and what was taken stays taken. */
function noneWins(spend: Spend, meetings: Meetings): Spend {
  return function* (assertion, decision, memory) {
    if (decision.kind !== 'take') return yield* spend(assertion, decision, memory)
    const key = FAULTLESS.key(assertion, 'token')
    const meeting = meetings.get(key) ?? { underWay: 0, met: false }
    meetings.set(key, meeting)
    meeting.underWay += 1
    meeting.met ||= meeting.underWay > 1
    const outcome = yield* spend(assertion, decision, memory)
    const { met } = meeting
    meeting.underWay -= 1
    if (meeting.underWay === 0) meetings.delete(key)
    return met && outcome.kind === 'accept'
      ? refuse(assertion.usage, 'another copy came at the same time')
      : outcome
  }
}

/** By who is locked out. */
type Failures = Map<string, { inRow: number; untilMs: number }>

type LockingOut = LockOut & Pick<Shared, 'failures' | 'nowMs'>

/** A party that is locked out is refused as for any other reason, before anything is looked at. */
function lockingOut(spend: Spend, { failures, nowMs, refusals, seconds, whom }: LockingOut): Spend {
  const noting = function* (work: Asking<Outcome>, party: string): Asking<Outcome> {
    const outcome = yield* work
    const of = failures.get(party)
    const inRow = outcome.kind === 'refuse' ? (of?.inRow ?? 0) + 1 : 0
    const lockedMs = inRow >= refusals ? nowMs() + seconds * 1000 : -Infinity
    // What was under way when the party was locked out does not let it in again.
    failures.set(party, { inRow, untilMs: Math.max(lockedMs, of?.untilMs ?? -Infinity) })
    return outcome
  }
  return (assertion, decision, memory) => {
    const party = whom === 'source' ? '' : (assertion.issuer ?? '')
    const of = failures.get(party)
    if (of !== undefined && nowMs() < of.untilMs)
      return known(refuse(assertion.usage, 'too many failures'))
    // What has ended does not begin again when the clock is set back.
    if (of !== undefined) failures.set(party, { ...of, untilMs: -Infinity })
    return noting(spend(assertion, decision, memory), party)
  }
}
