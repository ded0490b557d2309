/** Starts each unit of a round when it is due: at its time whatever else is going on, or when those before it are over. */
import type { Clock } from '../model/target.ts'
import type { Step } from '../model/plan.ts'
import { Agenda } from './agenda.ts'
import type { Asked } from './ask.ts'
import type { Feed } from './feed.ts'
import type { Over } from './over.ts'
import type { Unit } from './units.ts'

export interface Timetable {
  readonly clock: Clock
  /** The start of the round, which its times count from. */
  readonly startUs: number
  /** When each step was over, of all rounds; a step of this round is added as soon as it is. */
  readonly over: Over
  /** Aborts when nothing more may be started. */
  readonly stop: AbortSignal
  /** How far ahead of its time a step is read and prepared. */
  readonly aheadUs: number
  /** How many units are read ahead at most, of those with a time and of those that wait for others. */
  readonly mostAhead: number
  /** Waits for the time of the next unit; `clock.sleepUntil`, or something that is more exact and costs more. */
  wait(untilUs: number, signal: AbortSignal): Promise<void>
  /**
   * Lets what has arrived be read. Node runs every timer that is overdue before it reads a socket, so that a schedule
   * which is behind would hear no answer until it has caught up. Nothing to do in simulated time.
   */
  breathe(): Promise<void>
  /** How long before it is due a unit is started, because it needs that to be ready. */
  leadUs(unit: Unit): number
  /** Makes ready the steps with a time of their own, up to `aheadUs` before they are due. */
  prepare(step: Step, dueUs: number): Asked
  /** Resolves when there is room for more of what was started; undefined where there is. */
  room(): Promise<void> | undefined
  /** Sends the steps of a unit and waits for what comes of them. Never rejects. */
  start(unit: readonly Asked[]): Promise<void>
}

/** How many are started before what arrived meanwhile is read. */
const AT_ONCE = 32

/**
 * Resolves when every unit that was started is over, and no other can be.
 *
 * @throws {RangeError} When what was read can never become due.
 */
export function schedule(feeds: readonly Feed[], table: Timetable): Promise<void> {
  return new Schedule(feeds, table).run()
}

class Schedule {
  readonly #feeds: readonly Feed[]
  readonly #table: Timetable
  /** What was read and has a time. */
  readonly #agenda = new Agenda<Ready>()
  /** What was read and waits, by the name of what it waits for; and how much each still waits for. */
  readonly #waiting = new Map<string, Unit[]>()
  readonly #missing = new Map<Unit, number>()
  /** Whether the order of the feeds lets reading wait. */
  readonly #ordered: boolean
  #running = 0
  #wake: () => void = () => {}
  #asleepUntilUs = Infinity

  constructor(feeds: readonly Feed[], table: Timetable) {
    this.#feeds = feeds
    this.#table = table
    this.#ordered = feeds.every(({ ordered }) => ordered)
  }

  async run(): Promise<void> {
    const { clock, stop } = this.#table
    const woken = (): void => this.#wake()
    stop.addEventListener('abort', woken)
    while (!stop.aborted) {
      this.#read()
      const nextUs = Math.min(this.#agenda.nextUs ?? Infinity, this.#nextReadUs())
      if (nextUs === Infinity && this.#running === 0) break
      if (nextUs > clock.nowUs()) await this.#sleep(nextUs)
      else {
        await this.#table.room()
        this.#startDue(clock.nowUs())
        await this.#table.breathe()
      }
    }
    while (this.#running > 0) await this.#sleep(Infinity)
    stop.removeEventListener('abort', woken)
    if (!stop.aborted) this.#refuseStuck()
  }

  /** Reads on as far as is allowed, and puts each unit where it belongs. */
  #read(): void {
    const untilUs = this.#table.clock.nowUs() + this.#table.aheadUs
    for (const feed of this.#feeds) {
      for (let unit = feed.peek(); unit !== null; unit = feed.peek()) {
        if (!this.#mayRead(unit, untilUs)) break
        feed.take()
        this.#enter(unit)
      }
    }
  }

  #mayRead(unit: Unit, untilUs: number): boolean {
    if (this.#waitsFor(unit) > 0)
      return !this.#ordered || this.#missing.size < this.#table.mostAhead
    return this.#startUs(unit) <= untilUs && this.#agenda.size < this.#table.mostAhead
  }

  #nextReadUs(): number {
    const heads = this.#feeds.map((feed) => feed.peek()).filter((unit) => unit !== null)
    const timed = heads.filter((unit) => this.#waitsFor(unit) === 0)
    if (timed.length === 0 || this.#agenda.size >= this.#table.mostAhead) return Infinity
    return Math.min(...timed.map((unit) => this.#startUs(unit))) - this.#table.aheadUs
  }

  #enter(unit: Unit): void {
    const missing = this.#waitsFor(unit)
    if (missing === 0) {
      const asked = unit.steps.map((step) => this.#table.prepare(step, dueUs(step, this.#table)))
      return this.#agenda.put(this.#startUs(unit), { unit, asked })
    }
    this.#missing.set(unit, missing)
    for (const name of unit.awaits) {
      if (this.#table.over.has(name)) continue
      const those = this.#waiting.get(name)
      if (those === undefined) this.#waiting.set(name, [unit])
      else those.push(unit)
    }
  }

  #waitsFor({ awaits }: Unit): number {
    let missing = 0
    for (const name of awaits) if (!this.#table.over.has(name)) missing++
    return missing
  }

  #startUs(unit: Unit): number {
    let latest = 0
    for (const step of unit.steps) latest = Math.max(latest, dueUs(step, this.#table))
    return latest - this.#table.leadUs(unit)
  }

  #startDue(nowUs: number): void {
    for (let started = 0; started < AT_ONCE; started++) {
      const nextUs = this.#agenda.nextUs
      if (nextUs === null || nextUs > nowUs) return
      const ready = this.#agenda.take()
      if (ready !== undefined) this.#start(ready)
    }
  }

  #start({ unit, asked }: Ready): void {
    this.#running++
    void this.#table.start(asked).then(() => this.#finished(unit))
  }

  #finished(unit: Unit): void {
    const { clock, over, stop } = this.#table
    const nowUs = clock.nowUs()
    this.#running--
    for (const { name } of unit.steps) over.add(name, nowUs, this.#ordered)
    for (const { name } of unit.steps) {
      const freed = this.#waiting.get(name)
      if (freed === undefined) continue
      this.#waiting.delete(name)
      for (const each of freed) if (this.#isFree(each) && !stop.aborted) this.#free(each, nowUs)
    }
    // It may have been what kept reading back.
    if (this.#asleepUntilUs === Infinity || this.#missing.size === this.#table.mostAhead - 1)
      this.#wake()
  }

  #isFree(unit: Unit): boolean {
    const missing = (this.#missing.get(unit) ?? 1) - 1
    if (missing > 0) this.#missing.set(unit, missing)
    else this.#missing.delete(unit)
    return missing === 0
  }

  /** What is due at once is started at once, and what is due later than that is put among what has a time. */
  #free(unit: Unit, nowUs: number): void {
    const startUs = this.#startUs(unit)
    const asked = unit.steps.map((step) => ({
      step,
      dueUs: dueUs(step, this.#table),
      begun: null,
    }))
    if (startUs <= nowUs) return this.#start({ unit, asked })
    this.#agenda.put(startUs, { unit, asked })
    if (startUs < this.#asleepUntilUs) this.#wake()
  }

  async #sleep(untilUs: number): Promise<void> {
    const early = new AbortController()
    this.#asleepUntilUs = untilUs
    const woken = new Promise<void>((resolve) => {
      this.#wake = () => {
        early.abort()
        resolve()
      }
    })
    if (untilUs === Infinity) await woken
    else await this.#table.wait(untilUs, early.signal)
    this.#wake = () => {}
    this.#asleepUntilUs = Infinity
  }

  #refuseStuck(): void {
    const [[awaited, units] = []] = this.#waiting
    if (awaited === undefined) return
    const names = units?.flatMap(({ steps }) => steps.map(({ name }) => name)).join(', ')
    throw new RangeError(`${names} can never be due: it waits for ${awaited}`)
  }
}

/** A unit whose steps have their times. */
interface Ready {
  readonly unit: Unit
  readonly asked: readonly Asked[]
}

/** A step that waits for one of an earlier round is due at the start of its own round at the earliest. */
function dueUs({ due }: Step, { startUs, over }: Timetable): number {
  if ('atUs' in due) return Math.round(startUs + due.atUs)
  // A microsecond later at the earliest: in simulated time nothing else would tell before from after.
  const ownUs = (over.get(due.after) ?? startUs) + Math.max(1, due.plusUs)
  return Math.round(Math.max(startUs, ownUs))
}
