/** Files of what a user knows beforehand: failures that are expected, and what is to be skipped. */
import { z } from 'zod'
import type { ExpectedFailure, Skip } from '../model/expected.ts'
import type { Environment } from './document.ts'
import { readText, type Format } from './read.ts'

const text = z.string().min(1)

const entry = z.strictObject({
  id: text.meta({ description: 'A check, one of its cases, a scenario or a property.' }),
  variant: text.exactOptional().meta({ description: 'Usage and case, such as ca:absent.' }),
  reason: text,
  issue: z.url().exactOptional(),
  expires: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/u, { error: 'a day, as YYYY-MM-DD' })
    .exactOptional(),
})

const EXPECTED: Format<{ readonly expected: readonly ExpectedFailure[] }> = {
  schema: z.strictObject({ expected: z.array(entry) }),
  meaning: () => [],
  hint: 'A list under `expected:`, each entry with id and reason (docs/expected.md).',
}

const SKIPS: Format<{ readonly skips: readonly Skip[] }> = {
  schema: z.strictObject({ skips: z.array(z.strictObject({ id: text, reason: text })) }),
  meaning: () => [],
  hint: 'A list under `skips:`, each entry with id and reason (docs/expected.md).',
}

/** @throws {CupelError} ERR_CONFIG_INVALID with every problem, each with its line. */
export function parseExpected(
  source: string,
  file: string,
  env: Environment = process.env,
): readonly ExpectedFailure[] {
  return readText(source, file, EXPECTED, env).expected
}

/** @throws {CupelError} As `parseExpected`. */
export function parseSkips(
  source: string,
  file: string,
  env: Environment = process.env,
): readonly Skip[] {
  return readText(source, file, SKIPS, env).skips
}
