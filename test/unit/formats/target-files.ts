/** Target files for tests: a good one, changed line by line, and what is said of a bad one. */
import { expect } from 'vitest'
import { CupelError } from '../../../harness/errors.ts'
import { parseTargetFile } from '../../../harness/formats/target.ts'

/** One line a key, so that a table can change line by line. */
const GOOD = [
  'kind: token-endpoint',
  'name: mine',
  'issuer: https://as.test',
  'endpoints: { token: https://as.test/token }',
  'clients:',
  '  - { id: a, for: [honest, hostile], key: { file: ./a.jwk } }',
  'audiences: { values: [https://as.test] }',
]

/** The good file with some lines changed (counted from 1) and some added. */
export function fileWith(
  changed: Readonly<Record<number, string>>,
  ...added: readonly string[]
): string {
  return [...GOOD.map((line, index) => changed[index + 1] ?? line), ...added, ''].join('\n')
}

export function problemsOf(
  text: string,
  env: Readonly<Record<string, string>> = {},
): readonly string[] {
  try {
    parseTargetFile(text, 'mine.yaml', env)
    return []
  } catch (error) {
    if (!(error instanceof CupelError)) throw error
    expect(error.code).toBe('ERR_CONFIG_INVALID')
    expect(error.hint).toContain('docs/targets.md')
    return error.message.split('\n')
  }
}
