/** The targets that come with Cupel, by name. Each is loaded only when asked for. */
import { closest } from 'fastest-levenshtein'
import { CupelError } from '../harness/errors.ts'
import type { Random, Target } from '../harness/model/target.ts'
import { FLAWS } from './flawed/index.ts'
import { VARIANTS } from './reference/variants.ts'

export { FLAWS }

type Maker = (random: Random) => Promise<Target>

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['embedded', async (random) => (await import('./embedded.ts')).embedded(random)],
  [
    'reference:token-endpoint-audience',
    async (random) =>
      (await import('./embedded.ts')).embedded(random, {
        name: 'reference:token-endpoint-audience',
        tokenEndpointAudience: true,
      }),
  ],
  ...VARIANTS.map(({ name }): [string, Maker] => [
    `reference:${name}`,
    async (random) =>
      (await import('./embedded.ts')).embedded(random, {
        name: `reference:${name}`,
        variant: name,
      }),
  ]),
  ['resource', async (random) => (await import('./embedded.ts')).resource(random)],
  ['jose', async (random) => (await import('./jose.ts')).joseVerifier(random)],
  [
    'simulated:reference',
    async (random) => (await import('./simulated/target.ts')).simulatedReference(random),
  ],
  ...FLAWS.map(({ name }): [string, Maker] => [
    `flawed:${name}`,
    async (random) =>
      (await import('./embedded.ts')).embedded(random, { name: `flawed:${name}`, flaw: name }),
  ]),
])

export const TARGET_NAMES: readonly string[] = [...MAKERS.keys()]

/** @throws {CupelError} ERR_UNKNOWN_NAME, with the nearest name that exists. */
export async function namedTarget(name: string, random: Random): Promise<Target> {
  const make = MAKERS.get(name)
  if (make === undefined) {
    throw new CupelError('ERR_UNKNOWN_NAME', `there is no target named ${JSON.stringify(name)}`, {
      hint: `Did you mean ${closest(name, TARGET_NAMES)}? There are: ${TARGET_NAMES.join(', ')}.`,
    })
  }
  return make(random)
}
