/** Breaks one thing for its window and mends it again, whatever else happens. */
import type { Controls, Fault, Inflicted } from '../model/fault.ts'
import type { FaultEvent, FaultStage } from '../model/history.ts'
import type { FaultWindow, Json } from '../model/plan.ts'
import type { Clock, Site } from '../model/target.ts'
import { limited } from './limited.ts'

/** What inflicting needs; one for each round. */
export interface Surgery {
  readonly scenario: string
  readonly faults: readonly Fault[]
  readonly controls: Partial<Controls>
  readonly site: Site
  readonly clock: Clock
  /** The start of the round, which windows count from. */
  readonly startUs: number
  /** Which steps are over, for windows that lie between two of them. */
  readonly over: { readonly has: (step: string) => boolean }
  /** Aborts when everything is to be mended now. */
  readonly stop: AbortSignal
  readonly tell: (event: FaultEvent) => void
  /** Reads the target's clocks into the history. Never rejects. */
  readonly look: () => Promise<void>
  /** Told of what is left broken, in words. */
  readonly unmended: (what: string) => void
}

/** How long each act of a fault may take, in microseconds. */
const ACT_US = 30_000_000
const MENDING_TRIES = 3
const BETWEEN_TRIES_US = 250_000

/**
 * Resolves once the fault is mended or given up as unmended. Stamps are taken before inflicting and mending, and after
 * they were confirmed, so that the fault was in force within [confirmed, mending] and nowhere outside [inflicting, mended].
 *
 * A clock is known only between two readings, so what moves one is enclosed in them on either side, before and after.
 *
 * Never rejects: what fails is told by the events.
 */
export async function inflict(window: FaultWindow, surgery: Surgery): Promise<void> {
  const { clock, controls, startUs, stop, site } = surgery
  const fault = surgery.faults.find(({ name }) => name === window.fault)
  await clock.sleepUntil(startUs + window.startSeconds * 1e6, stop)
  await isOver(window.between?.[0], window, surgery)
  if (stop.aborted) return
  const tell = teller(window, fault, surgery)
  if (fault === undefined) return tell('unconfirmed', 'there is no fault of this name')
  if (!offers(controls, fault.needs)) {
    return tell('unconfirmed', `it needs a control of ${fault.needs.join(' and ')}`)
  }
  const look = movesClocks(window) ? surgery.look : async () => {}
  await look()
  tell('inflicting', null)
  let inflicted: Inflicted
  try {
    inflicted = await limited(clock, ACT_US, () =>
      fault.inflict(window.on, controls, { ...site, clock }, window.options ?? {}),
    )
  } catch (error) {
    // It may be half in force, and what would have mended it never came.
    tell('unconfirmed', wordsOf(error))
    return leaveUnmended(wordsOf(error))
  }
  try {
    const seen = await attempt(() => limited(clock, ACT_US, () => inflicted.confirm()))
    if ('value' in seen && seen.value !== null) tell('confirmed', seen.value)
    else tell('unconfirmed', 'value' in seen ? 'no effect was seen' : seen.why)
    await look()
    if (window.between === undefined)
      await clock.sleepUntil(startUs + window.endSeconds * 1e6, stop)
    else await isOver(window.between[1], window, surgery)
    if (!stop.aborted) await look()
  } finally {
    const left = await mend(inflicted, surgery, tell)
    if (left !== null) leaveUnmended(left)
  }
  await look()

  function leaveUnmended(why: string): void {
    tell('unmended', why)
    surgery.unmended(`${window.fault} on ${window.on}: ${why}`)
  }
}

/** How often it is looked whether a step is over, in microseconds: short beside whatever a server takes to notice. */
const LOOK_US = 5_000

/** Waits until that step is over, and not beyond the end of the window. */
async function isOver(
  step: string | undefined,
  { endSeconds }: FaultWindow,
  { clock, startUs, stop, over }: Surgery,
): Promise<void> {
  if (step === undefined) return
  const untilUs = startUs + endSeconds * 1e6
  while (!over.has(step) && !stop.aborted && clock.nowUs() < untilUs)
    await clock.sleepUntil(clock.nowUs() + LOOK_US, stop)
}

/** By the name that the judge goes by, too (oracle/time/clocks.ts). */
export function movesClocks({ fault }: Pick<FaultWindow, 'fault'>): boolean {
  return fault.startsWith('clock.')
}

type Tell = (stage: FaultStage, seen: Json) => void

/** Mends until it is confirmed. Null, or why it could not be. */
async function mend(inflicted: Inflicted, { clock }: Surgery, tell: Tell): Promise<string | null> {
  tell('mending', null)
  let why = ''
  for (let tries = 1; tries <= MENDING_TRIES; tries++) {
    const mended = await attempt(() => limited(clock, ACT_US, () => inflicted.mend()))
    const seen = await attempt(() => limited(clock, ACT_US, () => inflicted.confirmMended()))
    if ('value' in mended && 'value' in seen && seen.value !== null) {
      tell('mended', seen.value)
      return null
    }
    if ('why' in mended) why = mended.why
    else why = 'why' in seen ? seen.why : 'mending showed no effect'
    if (tries < MENDING_TRIES) await clock.sleepUntil(clock.nowUs() + BETWEEN_TRIES_US)
  }
  return why
}

function teller(
  window: FaultWindow,
  fault: Fault | undefined,
  { scenario, controls, clock, tell }: Surgery,
): Tell {
  const rung = rungOf(window, fault, controls)
  return (stage, seen) =>
    tell({
      kind: 'fault',
      scenario,
      fault: window.fault,
      on: window.on,
      rung,
      forgets: fault?.forgets ?? 'nothing',
      stage,
      atUs: clock.nowUs(),
      seen,
    })
}

/** By what it is done: what the lever says of that act at that place, or else the name of the control. */
function rungOf(
  { on }: FaultWindow,
  fault: Fault | undefined,
  controls: Partial<Controls>,
): string {
  if (fault?.act !== undefined) return controls[fault.act.of]?.rung(fault.act.name, on) ?? 'none'
  const control: unknown = fault?.needs
    .map((need) => controls[need])
    .find((each) => each !== undefined)
  const named =
    typeof control === 'object' && control !== null && 'rung' in control ? control.rung : null
  return typeof named === 'string' ? named : 'none'
}

/** Of the controls, a fault is handed those it needs; that these are there is all that is claimed. */
function offers(
  controls: Partial<Controls>,
  needs: readonly (keyof Controls)[],
): controls is Controls {
  return needs.every((need) => controls[need] !== undefined)
}

async function attempt<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly why: string }> {
  try {
    return { value: await act() }
  } catch (error) {
    return { why: wordsOf(error) }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
