/** A comparison as JUnit XML: each cell that was compared, or was not, as a test case. A regression fails. */
import type { Comparison, OnlyAsked, RateChange } from '../harness/model/comparison.ts'
import type { Finding } from '../harness/model/record.ts'
import { rateName, samplesText, small } from './compare-words.ts'
import { plural } from './figures.ts'
import { findingCase, placeOf, sectionOf } from './junit-cases.ts'
import { junitXml, type Case } from './junit-xml.ts'

export function compareJunit(comparison: Comparison): string {
  const { before, after, verdict, checks, scenarios, findings, rates } = comparison
  const cases = [
    ...ofLists(checks, (change) => placeOf(change)),
    ...ofLists(scenarios, ({ name }) => ({ suite: 'scenarios', name })),
    ...rates.map(rateCase),
    ...findings.new.map(newCase),
    ...findings.unasked.map(unaskedCase),
    ...findings.gone.map(goneCase),
    ...onlyCases(comparison.onlyBefore, 'first'),
    ...onlyCases(comparison.onlyAfter, 'second'),
    ...(verdict === 'nothing compared' ? [NOTHING] : []),
  ]
  return junitXml({
    name: `cupel compare ${after.target}`,
    cases,
    properties: [
      ['target', after.target],
      ['profile', after.profile],
      ['before', `run ${before.runId}, seed ${before.seed}, ${before.startedAt}`],
      ['after', `run ${after.runId}, seed ${after.seed}, ${after.startedAt}`],
      ['verdict', verdict],
    ],
    startedAt: after.startedAt,
  })
}

/** Without it a file in which nothing could fail would read as one in which nothing did. */
const NOTHING: Case = {
  suite: 'comparison',
  name: 'the two runs have something in common',
  end: 'error',
  type: 'nothing compared',
  message: 'nothing was compared: the two runs asked different things',
  lines: [
    'Nothing was compared: the two runs asked different things, or what both asked has no answer.',
  ],
}

interface Change {
  readonly before: string
  readonly after: string
  readonly because: string
}

interface Lists<Each> {
  readonly worse: readonly Each[]
  readonly better: readonly Each[]
  readonly unproved: readonly Each[]
  readonly same: readonly Each[]
}

function ofLists<Each extends Change>(
  { worse, better, unproved, same }: Lists<Each>,
  placed: (change: Each) => Pick<Case, 'suite' | 'name'>,
): readonly Case[] {
  const cases = (all: readonly Each[], end: Case['end'], type: string): readonly Case[] =>
    all.map((change) => ({ ...placed(change), end, type, ...told(change) }))
  // What neither run could say was not compared, though both were asked.
  const unknown = same.filter(({ after }) => after === 'inconclusive')
  return [
    ...cases(worse, 'failure', 'worse'),
    ...cases(unproved, 'skipped', 'no longer proved'),
    ...cases(unknown, 'skipped', 'inconclusive'),
    ...cases(better, 'passed', 'better'),
    ...same
      .filter((change) => !unknown.includes(change))
      .map((change): Case => {
        const { message, lines } = told(change)
        const quiet = ['pass', 'conforms', 'informational'].includes(change.after)
        return {
          ...placed(change),
          end: 'passed',
          type: 'same',
          message,
          lines: quiet ? [] : lines,
        }
      }),
  ]
}

function told({ before, after, because }: Change): Pick<Case, 'message' | 'lines'> {
  const moved = before === after ? `${after} in both runs` : `${before} before, ${after} now`
  return { message: `${moved}: ${because}`, lines: [`${moved}: ${because}`] }
}

function rateCase(rate: RateChange): Case {
  const { worse, chance, adjusted } = rate
  return {
    suite: 'rates',
    name: rateName(rate),
    end: worse ? 'failure' : 'passed',
    type: worse ? 'worse' : 'same',
    message: `rose: ${samplesText(rate)}`,
    lines: worse
      ? [
          `rose: ${samplesText(rate)}`,
          `A rise at least so large comes by chance with probability ${small(chance)} where the rate did not rise, ${small(adjusted)} among all that were compared.`,
        ]
      : [],
  }
}

/** Fails where it is held against the target, and is told with its witness in either case. */
function newCase(finding: Finding): Case {
  const found = findingCase(finding)
  return { ...found, message: `new: ${found.message}` }
}

function unaskedCase(finding: Finding): Case {
  const found = findingCase(finding)
  return {
    ...found,
    end: 'skipped',
    type: 'not compared',
    message: `found in what only the second run was asked (${plural(finding.times, 'time')}): ${found.message}`,
  }
}

function goneCase(id: string): Case {
  return {
    suite: 'findings',
    name: id,
    end: 'passed',
    type: 'gone',
    message: 'gone',
    lines: ['Found in the first run, and not in the second.'],
  }
}

function onlyCases({ checks, scenarios, rates }: OnlyAsked, which: string): readonly Case[] {
  const places: readonly Pick<Case, 'suite' | 'name'>[] = [
    ...checks.map((caseId) => ({ suite: sectionOf(caseId), name: caseId })),
    ...scenarios.map((name) => ({ suite: 'scenarios', name })),
    ...rates.map((rate) => ({ suite: 'rates', name: rateName(rate) })),
  ]
  return places.map((place) => ({
    ...place,
    end: 'skipped',
    type: 'not compared',
    message: `only the ${which} run has it`,
    lines: [],
  }))
}
