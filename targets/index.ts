/** The targets that come with Cupel, by name. Each is loaded only when asked for. */
import { closest } from 'fastest-levenshtein'
import { CupelError } from '../harness/errors.ts'
import type { Random, Target } from '../harness/model/target.ts'
import { CARELESS } from './careless.ts'
import type { EmbeddedOptions } from './embedded.ts'
import { FLAWS } from './flawed/index.ts'
import { VARIANTS } from './reference/variants.ts'

export { CARELESS, FLAWS }

export interface NamedTarget {
  readonly name: string
  readonly title: string
  readonly make: (random: Random) => Promise<Target>
}

export const TARGETS: readonly NamedTarget[] = [
  {
    name: 'embedded',
    title: 'Three faultless nodes, a replay store and a proxy on every connection',
    make: async (random) => (await import('./embedded.ts')).embedded(random),
  },
  embedded('reference:token-endpoint-audience', {
    title: 'The same, answering to its token endpoint’s URL too',
    options: { tokenEndpointAudience: true },
  }),
  ...VARIANTS.map(({ name, title }) =>
    embedded(`reference:${name}`, { title, options: { variant: name } }),
  ),
  embedded('redis', {
    title: 'The embedded target with a real Redis as its store (redis-server of this machine)',
    options: { store: 'redis' },
  }),
  embedded('redis-container', {
    title: 'The same with Redis in containers (testcontainers; CUPEL_REDIS_IMAGE names the image)',
    options: { store: 'redis-container' },
  }),
  {
    name: 'resource',
    title: 'A resource server that verifies bearer tokens, over HTTP',
    make: async (random) => (await import('./embedded.ts')).resource(random),
  },
  {
    name: 'jose',
    title: 'A library that verifies bearer tokens, as a function in this process',
    make: async (random) => (await import('./jose.ts')).joseVerifier(random),
  },
  {
    name: 'spiffe',
    title: 'A workload that takes JWT-SVIDs, as a function in this process',
    make: async (random) => (await import('./spiffe.ts')).spiffe(random),
  },
  ...CARELESS.map(({ name, title }): NamedTarget => ({
    name: `careless:${name}`,
    title,
    make: async (random) =>
      (await import('./careless-verifiers.ts')).carelessVerifier(random, name),
  })),
  simulated('reference', {
    title: 'The embedded target in simulated time: no process, no socket, no signature',
    options: {},
  }),
  ...VARIANTS.filter(({ onlyLive }) => onlyLive !== true).map(({ name, title }) =>
    simulated(name, { title, options: { variant: name } }),
  ),
  ...FLAWS.map(({ name, title }) => embedded(`flawed:${name}`, { title, options: { flaw: name } })),
  ...FLAWS.filter(({ shows, gathers }) => shows !== 'in-checks' && gathers === undefined).map(
    ({ name, title }) =>
      embedded(`redis:${name}`, { title, options: { flaw: name, store: 'redis' } }),
  ),
  ...FLAWS.filter(({ onlyLive }) => onlyLive === undefined).map(({ name, title }) =>
    simulated(name, { title, options: { flaw: name } }),
  ),
]

export const TARGET_NAMES: readonly string[] = TARGETS.map(({ name }) => name)

/** @throws {CupelError} ERR_UNKNOWN_NAME, with the nearest name that exists. */
export async function namedTarget(name: string, random: Random): Promise<Target> {
  const found = TARGETS.find((each) => each.name === name)
  if (found === undefined) {
    throw new CupelError('ERR_UNKNOWN_NAME', `there is no target named ${JSON.stringify(name)}`, {
      hint: `Did you mean ${closest(name, TARGET_NAMES)}? \`cupel list targets\` names them all; a file of your own ends in .yaml.`,
    })
  }
  return found.make(random)
}

/** A target in simulated time: right in its own way, or with a flaw. */
function simulated(
  kind: string,
  { title, options }: { readonly title: string; readonly options: EmbeddedOptions },
): NamedTarget {
  const name = `simulated:${kind}`
  return {
    name,
    title,
    make: async (random) =>
      (await import('./simulated/target.ts')).simulated(random, { ...options, name }),
  }
}

/** The embedded target with something about it changed. */
function embedded(
  name: string,
  { title, options }: { readonly title: string; readonly options: EmbeddedOptions },
): NamedTarget {
  return {
    name,
    title,
    make: async (random) => (await import('./embedded.ts')).embedded(random, { ...options, name }),
  }
}
