/** What a target remembers of assertions that were used: whether, by what, how many, and for how long. */
import type { Limit, MemoryFound, ReplayWindow, Trial } from '../model/probe.ts'
import type { Usage } from '../model/plan.ts'
import type { Principal } from '../model/target.ts'
import { USAGE_LETTERS } from '../plan/control.ts'
import { dated, trial, type Ask, type Stimulus } from './asking.ts'

export interface Remembering {
  readonly usage: Usage
  /** How many assertions may be spent on finding out how many are remembered. */
  readonly most: number
  /** The leeway to wait for after an assertion has ended; null waits for nothing. */
  readonly leewaySeconds: number | null
  readonly nodes: readonly (string | null)[]
  readonly another: Principal | undefined
}

export async function memory(ask: Ask, remembering: Remembering): Promise<MemoryFound> {
  const again = await presentedAgain(ask, remembering)
  const isKept = again[0]?.outcome === 'rejected'
  return {
    again,
    capacity: isKept ? await capacity(ask, remembering.most) : null,
    window:
      isKept && remembering.leewaySeconds !== null
        ? await replayWindow(ask, remembering.leewaySeconds)
        : null,
  }
}

async function presentedAgain(
  ask: Ask,
  { usage, nodes, another }: Remembering,
): Promise<readonly Trial[]> {
  const [first = null, ...others] = nodes
  const jti = { $jti: `spent-${USAGE_LETTERS[usage]}-` }
  const same: Stimulus = { node: first, change: { set: { jti }, defect: null } }
  const later: [string, Stimulus][] = [
    ['the same assertion, again', { node: first, again: 0 }],
    ...others.map((node): [string, Stimulus] => [
      `the same assertion, at ${String(node)}`,
      { node, again: 0 },
    ]),
    [
      'another assertion with its jti',
      { node: first, change: { set: { jti, iat: { $now: -1 } }, defect: null } },
    ],
    ...(another === undefined
      ? []
      : [['its jti from another party', { ...same, by: another }] satisfies [string, Stimulus]]),
  ]
  const [, ...told] = await ask([same, ...later.map(([, stimulus]) => stimulus)])
  return later.map(([name], index) => trial(name, told[index]))
}

/**
 * Presents so many one after the other, and then asks by halves how far back they are refused. What is accepted among
 * these is remembered in its turn, so that all others then lie one further back.
 */
async function capacity(ask: Ask, most: number): Promise<Limit> {
  const spent = await ask(Array.from({ length: most }, () => ({})))
  const asked = new Set<string>()
  let [kept, gone, later] = [0, most + 1, 0]
  while (gone - kept > 1) {
    // The furthest first: most memories hold all of it.
    const back = gone > most && kept === 0 ? most : Math.floor((kept + gone) / 2)
    const step = spent[most - back + later]?.step
    // One that was presented again may have been moved to the front, and says nothing of its place any more.
    if (step === undefined || asked.has(step)) break
    asked.add(step)
    const [told] = await ask([{ again: step }])
    if (told?.outcome === 'rejected') kept = back
    else [gone, later] = [back, later + 1]
  }
  return { accepted: kept, refused: gone > most ? null : gone }
}

/** Long enough to be presented while it is good, and short to wait for. */
const SHORT_SECONDS = 5

/** One assertion for each second of the wait, so that none is presented more than twice. */
async function replayWindow(ask: Ask, leewaySeconds: number): Promise<ReplayWindow> {
  const endedAfter = SHORT_SECONDS + Math.ceil(leewaySeconds)
  const change = dated({ exp: SHORT_SECONDS })
  const first = await ask(Array.from({ length: endedAfter }, () => ({ change, atMs: 0 })))
  const again = await ask(
    first.map(({ step }, second) => ({ again: step, atMs: (second + 1) * 1_000 })),
  )
  const index = again.findIndex(({ outcome }) => outcome === 'accepted')
  const refused = again.slice(0, index === -1 ? again.length : index)
  const age = (place: number): number | null => {
    const [one, other] = [first[place], again[place]]
    return one === undefined || other === undefined
      ? null
      : (other.releasedUs - one.releasedUs) / 1e6
  }
  return {
    lifetimeSeconds: SHORT_SECONDS,
    refusedUntil: age(refused.length - 1),
    acceptedAgain: age(index),
    endedAfter,
  }
}
