/**
 * Runs the unit tests for Stryker in one process that loads them once. Vitest's runner starts a worker and loads all that a
 * test imports for each mutant: two seconds, of which the tests take a few milliseconds.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MutantCoverage } from '@stryker-mutator/api/core'
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner'
import { machineClock } from '../../harness/clock.ts'
import { collected, startFile, type Collected } from './collect.ts'
import { takeTheirPlace } from './hooks.ts'
import { LEFT_OUT, TESTS } from './selection.ts'

/** What the instrumented code reads and counts. */
interface Switches {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: MutantCoverage
}

/** Kept for a process that takes the place of one that hung. */
const DURATIONS = 'durations.json'

const clock = machineClock()

class InProcess implements TestRunner {
  readonly #switches: Switches = {}
  #tests: readonly Collected[] = []

  capabilities() {
    // Only static mutants need it, and they are ignored.
    return { reloadEnvironment: true }
  }

  async init(): Promise<void> {
    Object.assign(global, { __stryker__: this.#switches })
    takeTheirPlace()
    for (const path of globSync(TESTS).toSorted()) {
      startFile(path)
      await import(pathToFileURL(resolve(path)).href)
    }
    this.#tests = collected.filter(({ id }) => !LEFT_OUT.some((part) => id.includes(part)))
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = []
    for (const test of this.#tests) {
      this.#switches.currentTestId = test.id
      tests.push(await result(test))
    }
    this.#switches.currentTestId = undefined
    const times = tests.map(({ id, timeSpentMs }) => [id, timeSpentMs])
    writeFileSync(DURATIONS, JSON.stringify(Object.fromEntries(times)))
    const { mutantCoverage } = this.#switches
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    }
  }

  async mutantRun({
    testFilter,
    activeMutant,
    hitLimit,
  }: MutantRunOptions): Promise<MutantRunResult> {
    Object.assign(this.#switches, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
    const wanted = new Set(testFilter ?? this.#tests.map(({ id }) => id))
    const tests: TestResult[] = []
    for (const test of quickestFirst(this.#tests.filter(({ id }) => wanted.has(id)))) {
      const last = await result(test)
      tests.push(last)
      if (last.status === TestStatus.Failed) break
    }
    const looped = determineHitLimitReached(this.#switches.hitCount, hitLimit)
    this.#switches.activeMutant = undefined
    return toMutantRunResult(looped ?? { status: DryRunStatus.Complete, tests })
  }
}

function quickestFirst(tests: readonly Collected[]): readonly Collected[] {
  const times: Readonly<Record<string, number>> = JSON.parse(readFileSync(DURATIONS, 'utf8'))
  return tests.toSorted((one, other) => (times[one.id] ?? 0) - (times[other.id] ?? 0))
}

async function result({ id, name, file, body }: Collected): Promise<TestResult> {
  const startUs = clock.nowUs()
  const spent = () => (clock.nowUs() - startUs) / 1000
  const about = { id, name, fileName: resolve(file) }
  try {
    await body()
    return { ...about, timeSpentMs: spent(), status: TestStatus.Success }
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : 'failed'
    return { ...about, timeSpentMs: spent(), status: TestStatus.Failed, failureMessage }
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcess()),
]
