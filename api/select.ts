/** Which checks, scenarios and profiles a run asks: what is named runs and nothing else; with nothing named, all of it. */
import { readFile } from 'node:fs/promises'
import { matchesGlob, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FAULTS } from '../faults/index.ts'
import { CupelError } from '../harness/errors.ts'
import { checkScenario, parseScenario } from '../harness/formats/scenario.ts'
import type { Check } from '../harness/model/check.ts'
import type { Profile } from '../harness/model/policy.ts'
import type { ComparisonWriter, ReportWriter, Writer } from '../harness/model/report.ts'
import type { Property } from '../harness/model/property.ts'
import type { Scenario } from '../harness/model/scenario.ts'
import { COMPARISONS } from '../reports/comparisons.ts'
import { REPORTS } from '../reports/index.ts'
import { SCENARIOS } from '../scenarios/index.ts'
import { CHECKS } from '../suites/index.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { PROPERTIES } from '../suites/properties/index.ts'
import { didYouMean } from './near.ts'

export interface Selection {
  readonly checks: readonly Check[]
  readonly scenarios: readonly Scenario[]
  readonly properties: readonly Property[]
}

/**
 * @param suites Globs over check ids.
 * @param scenarios Globs over the names of scenarios and properties, or paths of scenario files (.yaml, .ts, .js).
 * @throws {CupelError} ERR_UNKNOWN_NAME for what selects nothing, ERR_CONFIG_INVALID for a bad scenario file.
 */
export async function select(
  suites: readonly string[],
  scenarios: readonly string[],
): Promise<Selection> {
  const shipped = await shippedScenarios()
  if (suites.length === 0 && scenarios.length === 0)
    return {
      checks: CHECKS,
      scenarios: shipped.filter(({ onDemand }) => onDemand !== true),
      properties: PROPERTIES,
    }
  const named = await Promise.all(scenarios.map((each) => namedScenarios(each, shipped)))
  return {
    checks: CHECKS.filter(({ id }) =>
      suites.some((glob) => knownGlob(glob, CHECKS.map(idOf), 'check') && matchesGlob(id, glob)),
    ),
    scenarios: [...new Set(named.flat())],
    properties: PROPERTIES.filter(({ name }) => scenarios.some((glob) => matchesGlob(name, glob))),
  }
}

export async function shippedScenarios(): Promise<readonly Scenario[]> {
  return Promise.all(
    SCENARIOS.map(async (each) =>
      each instanceof URL ? parseScenario(await readFile(each, 'utf8'), each.pathname) : each,
    ),
  )
}

/** @param names Empty for the target's own profile, or else the first that ships. */
export function profilesFor(
  names: readonly string[],
  own: string | undefined,
): readonly [Profile, ...Profile[]] {
  const [first, ...rest] = (names.length > 0 ? names : own === undefined ? [] : [own]).map(
    profileNamed,
  )
  return first === undefined ? [PROFILES[0]] : [first, ...rest]
}

/** The reports named, the record always among them and first. */
export function reportsFor(names: readonly string[]): readonly ReportWriter[] {
  const [record] = REPORTS
  return [...new Set([record, ...reportsNamed(names)])]
}

/** The reports named, each once. */
export function reportsNamed(names: readonly string[]): readonly ReportWriter[] {
  return writersNamed(names, REPORTS)
}

/** The same of what tells a comparison. */
export function comparisonsNamed(names: readonly string[]): readonly ComparisonWriter[] {
  return writersNamed(names, COMPARISONS)
}

function writersNamed<Told>(
  names: readonly string[],
  known: readonly Writer<Told>[],
): readonly Writer<Told>[] {
  const named = names.map((name) => {
    const found = known.find((each) => each.name === name)
    if (found !== undefined) return found
    throw unknown(
      'report',
      name,
      known.map((each) => each.name),
    )
  })
  return [...new Set(named)]
}

function profileNamed(name: string): Profile {
  const found = PROFILES.find((each) => each.name === name)
  if (found !== undefined) return found
  throw unknown(
    'profile',
    name,
    PROFILES.map((each) => each.name),
  )
}

async function namedScenarios(
  name: string,
  shipped: readonly Scenario[],
): Promise<readonly Scenario[]> {
  if (/\.(ya?ml|ts|mts|js|mjs)$/.test(name)) return [await scenarioFile(name)]
  knownGlob(
    name,
    [...shipped, ...PROPERTIES].map((each) => each.name),
    'scenario',
  )
  return shipped.filter((each) => matchesGlob(each.name, name))
}

const FAULT_NAMES = FAULTS.map(({ name }) => name)

async function scenarioFile(path: string): Promise<Scenario> {
  const file = resolve(path)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CupelError('ERR_CONFIG_INVALID', `cannot read the scenario file ${path}`, {
      cause,
      hint: 'Give the path of a .yaml or .ts file, or a name from `cupel list scenarios`.',
    })
  })
  if (/\.ya?ml$/.test(path)) return parseScenario(text, path, process.env, FAULT_NAMES)
  return checkScenario(await defaultOf(file, path), path, FAULT_NAMES)
}

async function defaultOf(file: string, path: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href)
    return module.default
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new CupelError('ERR_CONFIG_INVALID', `${path} cannot be loaded: ${why}`, {
      cause,
      hint: 'It must be a module that this Node runs as it is, with a scenario as its default export.',
    })
  }
}

function knownGlob(glob: string, known: readonly string[], kind: string): true {
  if (known.some((each) => matchesGlob(each, glob))) return true
  throw unknown(kind, glob, known)
}

function unknown(kind: string, name: string, known: readonly string[]): CupelError {
  return new CupelError('ERR_UNKNOWN_NAME', `no ${kind} is called ${JSON.stringify(name)}`, {
    hint: `${didYouMean(name, known)}\`cupel list ${kind}s\` names them all.`,
  })
}

function idOf({ id }: Check): string {
  return id
}
