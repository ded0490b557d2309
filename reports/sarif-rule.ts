/** What every rule and result of SARIF has, as code scanning wants it: words, a place and a lasting fingerprint. */
import { createHash } from 'node:crypto'
import type { ReportingDescriptor, Result } from 'sarif'
import type { RunRecord } from '../harness/model/record.ts'
import { escape, excerpt } from './escape.ts'

/** Descriptions may have 1,024. With messages that are no longer no file comes near the ten megabytes of an upload. */
export const MOST_CHARACTERS = 1_000

/** The limit of a rule's name. */
const MOST_NAME = 255

export interface Told {
  readonly rule: ReportingDescriptor
  readonly result: Result
}

/** Who was asked, and by which profile it was judged. */
export interface Asked {
  readonly target: string
  /** What the command line called the target: a name, or the path of its file. */
  readonly called: string
  readonly profile: string
}

export function asked({ target, profile }: Pick<RunRecord, 'target' | 'profile'>): Asked {
  return { target: target.name, called: target.called ?? target.name, profile }
}

/** Every rule has a name, what it says in short and in full, and help: code scanning asks for all of them. */
export function describedAs(
  id: string,
  { short, full, help }: { readonly short: string; readonly full: string; readonly help: string },
): Pick<ReportingDescriptor, 'name' | 'shortDescription' | 'fullDescription' | 'help'> {
  return {
    name: excerpt(pascal(id), MOST_NAME),
    shortDescription: { text: excerpt(short, 250) },
    fullDescription: { text: excerpt(full, MOST_CHARACTERS) },
    help: { text: excerpt(help, MOST_CHARACTERS) },
  }
}

export function explained(id: string): string {
  return `\`cupel explain ${id}\` says what is sent, why, and where it stands.`
}

/** A rule of this tool's own, which fails a run by itself. */
export function ownRule(id: string, words: Parameters<typeof describedAs>[1]): ReportingDescriptor {
  return {
    id,
    ...describedAs(id, words),
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['reliability'], 'problem.severity': 'error', precision: 'very-high' },
  }
}

/**
 * Code scanning wants a place in the repository: the target's file, or where one would be for a target without. What is
 * found again there by the same fingerprint is the same alert.
 */
export function resultOf(
  of: Asked,
  what: string,
  { level, message }: Required<Pick<Result, 'level' | 'message'>>,
): Result {
  const id = escape(what.split(':')[0] ?? what)
  return {
    ruleId: id,
    level,
    message,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(of.called) },
          region: FIRST_CHARACTER,
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint([what, of.target, of.profile]) },
  }
}

/** Code scanning wants all four; what was found is of the whole file. */
const FIRST_CHARACTER = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } as const

/** Relative to where the command was given, as code scanning wants paths relative to the root of the repository. */
function uriOf(path: string): string {
  if (!/\.ya?ml$/.test(path))
    return encodeURI(`${path.replaceAll(/[^\w.-]+/g, '-').slice(0, 200)}.yaml`)
  const plain = escape(path.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, ''))
  const isAbsolute = /^(?:[A-Za-z]:)?\//.test(plain)
  return encodeURI(isAbsolute ? `file://${plain.startsWith('/') ? '' : '/'}${plain}` : plain)
}

/** The same for the same texts, as short as those that code scanning makes itself; `1` is the first of its line. */
function fingerprint(texts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
  return `${hash.slice(0, 16)}:1`
}

/** Such as ReplayAcceptedConcurrently. */
function pascal(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}
